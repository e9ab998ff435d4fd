// A sheet over the page for one choice; Escape, a tap outside and its close button put it away.

import { h, iconButton } from "./dom.js";
import { t } from "./words.js";

// `fill(close)` gives the content; `close()` puts the sheet away. The focus returns to where it was.
export function openSheet(title, fill) {
  const dialog = h("dialog", { class: "sheet", "aria-label": title });
  // Closing gives the focus back at once, so that what follows may take it.
  const close = () => dialog.close();
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) close();
  });
  const content = h("div", { class: "sheet-content" });
  const show = () => content.replaceChildren(...[fill(close, show)].flat(Infinity).filter(Boolean));
  show();
  dialog.append(h("header", {}, h("h2", {}, title), iconButton("close", t("close"), close)), content);
  document.body.append(dialog);
  dialog.showModal();
}
