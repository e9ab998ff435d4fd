"""隐患: photos, what kind, where; then it is sent, or goes to the one that is there already."""

from bot import access
from bot.access import self_of
from bot.base.facts import Json, Struct
from bot.features.cases import workflow as cases
from bot.features.hazards import location, reporting, work_photos, workflow
from bot.features.hazards.notices import HazardJoined, HazardSent, HazardToldFixed
from bot.features.hazards.reporting import NearHazard
from bot.features.hazards.repository import HAZARD, REPORT, NewHazard
from bot.features.hazards.work_photos import FixedHazard
from bot.features.hazards.workflow import Rectification
from bot.features.safety import unplaced
from bot.forms.given import Given
from bot.forms.steps import (
    EARLY,
    Answer,
    ChoiceStep,
    Filling,
    Form,
    Option,
    PhotosStep,
    Phrase,
    Step,
    WordsStep,
)
from bot.outbox.notices import Notice
from models import HazardStep

PLAIN, URGENT, FIXED, JOIN = "plain", "urgent", "fixed", "join"
# Before the number of a hazard whose work the photos show.
WORK = "work:"


class _Send(Struct):
    """How it is sent; `id`: of the hazard that is there already."""

    how: str = PLAIN
    id: int = 0


class SpotStep(Step, kw_only=True):
    """Where it is: a location, a button, or words. A voice note goes with the next question."""

    @property
    def takes_places(self) -> bool:
        """A location too."""
        return True

    @property
    def expected(self) -> Phrase:
        """How a place can be told."""
        return Phrase("hazard-expected-place", {"most": str(reporting.MOST_PLACE)})

    def read(self, answer: Answer, filling: Filling) -> Json:
        """As it came."""
        if answer.place is not None:
            point = {"latitude": answer.place.latitude, "longitude": answer.place.longitude}
            return point | ({"place": answer.place.name} if answer.place.name else {})
        words = answer.text.strip()
        return {"place": words} if 0 < len(words) <= reporting.MOST_PLACE else None


def _gate(filling: Filling) -> None:
    access.require(filling.actor, REPORT, self_of(filling.actor))


def _category_question(filling: Filling) -> Phrase:
    return Phrase("hazard-which" if filling.given.get("photos") else "hazard-which-photos-too")


def _categories(filling: Filling) -> list[Option]:
    chinese = filling.actor.locale == "zh_CN"
    done = work_photos.unverified(filling.session, filling.actor) if filling.given.get("photos") else None
    work = [] if done is None else [_work_option(done)]
    return work + [
        Option(
            Phrase("hazard-option", {"icon": kind.icon, "name": kind.zh_CN if chinese else kind.en}),
            kind.code,
        )
        for kind in filling.settings.hazards.categories
    ]  # fmt: skip


def _work_option(done: FixedHazard) -> Option:
    """It is no hazard but one more photo of what the actor has put right."""
    label = Phrase("hazard-option-work", {"reference": HAZARD.reference(done.year, done.number)})
    return Option(label, f"{WORK}{done.id}")


def _is_work(given: Given) -> bool:
    return given.text("kind").startswith(WORK)


def _places(filling: Filling) -> list[Option]:
    """Checkpoints on the way, posts of the own, and the own area."""
    stops = location.checkpoints(filling.work, filling.at)
    at_stops = [
        Option(Phrase("hazard-option-checkpoint", {"name": name}), {"checkpoint_id": no})
        for no, name in stops
    ]
    posts, area = location.offered(filling.work, filling.at)
    at_posts = [Option(Phrase("hazard-option-post", {"name": name}), {"post_id": no}) for no, name in posts]
    return [
        *at_stops,
        *at_posts,
        Option(Phrase("hazard-option-area", {"name": area}), {"area_id": filling.actor.area_id}),
    ]


def _found(filling: Filling) -> NewHazard:
    given = filling.given
    spoken = [given.said("said"), *(given.all_said(EARLY) if EARLY in given else ()), given.said("send")]
    return NewHazard(
        given.text("kind"), photos=given.numbers("photos"), found_at=filling.at,
        words="\n".join(each.words for each in spoken if each.words),
        voices=[each.voice for each in spoken if each.voice], urgent=_sent(given).how == URGENT,
        **given["where"],
    )  # fmt: skip


def _sent(given: Given) -> _Send:
    return given.read("send", _Send, _Send())


def _near(filling: Filling) -> NearHazard | None:
    return reporting.near(filling.work, _found(filling))


def _send_question(filling: Filling) -> Phrase:
    kind = filling.settings.hazards.category(filling.given["kind"])
    name = kind.zh_CN if filling.actor.locale == "zh_CN" else kind.en
    known = {"icon": kind.icon, "name": name, "count": str(len(filling.given.get("photos", ())))}
    there = _near(filling)
    if there is None:
        return Phrase("hazard-send" if filling.given.get("photos") else "hazard-send-bare", known)
    ref = HAZARD.reference(there.year, there.number)
    return Phrase("hazard-send-near", known | {"reference": ref}, {"time": there.reported_at})


def _ways(filling: Filling) -> list[Option]:
    """Send it; or say that it is the one already there, that it is urgent, that it is done already."""
    there = _near(filling)
    same = []
    if there is not None:
        ref = HAZARD.reference(there.year, there.number)
        same = [Option(Phrase("hazard-option-same", {"reference": ref}), {"how": JOIN, "id": there.id})]
    first = Option(Phrase("hazard-option-another" if same else "hazard-option-send"), {"how": PLAIN})
    urgent = Option(Phrase("hazard-option-urgent"), {"how": URGENT})
    return [*same, first, urgent, Option(Phrase("hazard-option-fixed"), {"how": FIXED})]


def _end(filling: Filling) -> Notice:
    work, given = filling.work, filling.given
    if _is_work(given):
        return work_photos.add_kept(work, int(given.text("kind").removeprefix(WORK)), given.numbers("photos"))
    sent, found = _sent(given), _found(filling)
    if sent.how == JOIN:
        reporting.join(work, sent.id, found)
        return cases.receipt(work, HAZARD, sent.id, HazardJoined)
    number = reporting.report(work, found)
    if given.get("said"):
        unplaced.place(work, given["said"]["said"], HAZARD.subject(number), "hazard")
    if sent.how != FIXED:
        return cases.receipt(work, HAZARD, number, HazardSent)
    workflow.rectify(work, number, Rectification(HazardStep.FIXED, photos=given.numbers("after")))
    return cases.receipt(work, HAZARD, number, HazardToldFixed)


def _is_open(given: Given) -> bool:
    """There is nothing to show of the work: it is still to be done."""
    return _is_work(given) or _sent(given).how != FIXED


FORM = Form(
    id="hazard",
    steps=(
        PhotosStep(name="photos", ask="hazard-photos", one_will_do=True),
        ChoiceStep(name="kind", ask=_category_question, options=_categories),
        SpotStep(name="where", ask="hazard-where", options=_places, skip_if=_is_work),
        WordsStep(
            name="send", ask=_send_question, options=_ways, most=reporting.MOST_WORDS, skip_if=_is_work
        ),
        PhotosStep(name="after", ask="hazard-after", one_will_do=True, skip_if=_is_open),
    ),
    gate=_gate,
    end=_end,
    late="photos",
    early="send",
)
