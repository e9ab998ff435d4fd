// Where a phone can be, in words.

import { spotOf } from "./store.js";
import { t } from "./words.js";

export function spotName(spot) {
  return spot.kind === "centre" ? t("homeGrid", { name: spot.name }) : t(spot.kind, { name: spot.name });
}

export function placeName(person) {
  return spotName(spotOf(person));
}
