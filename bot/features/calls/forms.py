"""喊话: what is said, and to whom; its sender sees how it arrives and lets it go. A word with an answer."""

from dataclasses import asdict

from bot import access
from bot.access import Resource
from bot.access.areas import AreaRow
from bot.base.errors import Refused
from bot.base.facts import Json
from bot.features.calls import answering, composing, sending
from bot.features.calls.audience import Audience
from bot.features.calls.composing import Pasted
from bot.features.calls.notices import CallNoted
from bot.features.calls.repository import Content
from bot.features.calls.sending import MOST_WORDS, NewCall
from bot.forms.given import Given
from bot.forms.notices import FormDone
from bot.forms.steps import (
    Answer,
    ChoiceStep,
    Filling,
    Form,
    Option,
    PhotosStep,
    Phrase,
    Step,
    WhichOne,
    WordsStep,
)
from bot.outbox.notices import Notice
from bot.photos import photos
from bot.words.said import Remark

# Captions are shorter than messages.
MOST_CAPTION = 900
# More than one of these in a line are a list of people, not the name of an area.
_MANY = 2


class ContentStep(PhotosStep, kw_only=True):
    """What is to be said: words, photos, a voice note, a video or a document, as it was sent."""

    one_will_do: bool = True

    @property
    def takes_files(self) -> bool:
        """A video, a recording or a document."""
        return True

    @property
    def expected(self) -> Phrase:
        """Words or pictures, not too many of them."""
        return Phrase("call-expected-content", {"most": str(MOST_WORDS)})

    def sent(self, given: Given) -> list[int]:
        """The photos so far."""
        return list(given.read(self.name, Content, Content()).photos)

    def read(self, answer: Answer, filling: Filling) -> Json | WhichOne:
        """What was sent; a photo joins those of its album."""
        before = filling.given.read(self.name, Content, Content())
        if answer.photo:
            words = answer.photo.words or before.words
            return _as_given(Content(words, tuple(self.with_photo(answer.photo, filling))))
        if answer.file:
            return _as_given(Content(answer.file.words, (), answer.file.kind, answer.file.file_id))
        if answer.voice:
            return _as_given(Content(answer.text, (), "voice", answer.voice))
        words = answer.text.strip()
        return _as_given(Content(words)) if 0 < len(words) <= MOST_WORDS else None


class AudienceStep(Step, kw_only=True):
    """Whom it is for: one of the buttons, the name of an area, or a pasted list of names or codes."""

    @property
    def expected(self) -> Phrase:
        """A button, an area, or names."""
        return Phrase("call-expected-audience")

    def read(self, answer: Answer, filling: Filling) -> Json | WhichOne:
        """The people or the area of these names; which of several is asked."""
        said = answer.text.strip()
        if not said:
            return None
        found, sure = composing.area_named(filling.work, said)
        if found and (sure or len(said.split()) < _MANY):
            options = [_area_option(each) for each in found]
            return options[0].value if sure and len(options) == 1 else WhichOne(
                Phrase("call-which-area"), tuple(options[:20])
            )  # fmt: skip
        return _as_given(_of_names(filling, said))


def _as_given(value: Content | Audience) -> Json:
    return asdict(value)


def _of_names(filling: Filling, said: str) -> Audience:
    """The people whose names were pasted. Raises Refused where some of them are nobody, or several people."""
    root = _root(filling)
    found: Pasted = composing.pasted(filling.work, root, said)
    wrong = (*found.unknown, *found.shared)
    if wrong:
        shown = "、".join(wrong[: composing.MOST_NAMED_WRONG])
        key = "call-names-unknown" if found.unknown else "call-names-shared"
        raise Refused(key, names=shown, count=str(len(wrong)))
    return Audience(root.id, people=found.people)


def _root(filling: Filling) -> AreaRow:
    """The widest area of the actor's."""
    found = composing.areas(filling.work)
    if not found:
        raise Refused("access-refused")
    return min(found, key=lambda each: len(each.path))


def _area_option(each: AreaRow) -> Option:
    return Option(Phrase("call-to-area", {"name": each.name}), _as_given(Audience(each.id)))


def _gate(filling: Filling) -> None:
    held = [each.path for each in filling.actor.holdings]
    if not any(access.allows(filling.actor, "call.make", Resource(path)) for path in held):
        raise Refused("access-refused")
    known = {each.code for each in filling.settings.calls.kinds}
    if "kind" in filling.given and filling.given.text("kind") not in known:
        raise Refused("button-stale")


def _kinds(filling: Filling) -> list[Option]:
    return [
        Option(Phrase("call-kind", {"icon": each.icon, "name": _called(filling, each.label)}), each.code)
        for each in filling.settings.calls.kinds
    ]


def _called(filling: Filling, label: dict[str, str]) -> str:
    return label["zh_CN" if filling.actor.locale == "zh_CN" else "en"]


def _content_question(filling: Filling) -> Phrase:
    kind = filling.settings.calls.kind(filling.given.text("kind"))
    key = "call-say-choices" if kind.asked == "choice" and not kind.choices else "call-say"
    key = "call-say-count" if kind.counts else key
    return Phrase(key, {"icon": kind.icon, "name": _called(filling, kind.label)})


def _check_content(filling: Filling) -> None:
    kind, said = filling.settings.calls.kind(filling.given.text("kind")), _said(filling.given)
    if (said.photos or said.media) and len(said.words) > MOST_CAPTION:
        raise Refused("call-caption-long", most=MOST_CAPTION)
    composing.compose(kind, said.words)


def _said(given: Given) -> Content:
    return given.read("content", Content)


def _audiences(filling: Filling) -> list[Option]:
    root = _root(filling)
    found = composing.offered(root)
    return [
        Option(Phrase(f"call-to-{name.replace('_', '-')}", {"name": root.name}), _as_given(meant))
        for name, meant in found
    ]


def _end(filling: Filling) -> Notice:
    work, given, said = filling.work, filling.given, _said(filling.given)
    kind = work.settings.calls.kind(given.text("kind"))
    composed = composing.compose(kind, said.words)
    contents = {work.actor.locale: Content(composed.words, said.photos, said.media, said.file_id)}
    number = sending.draft(
        work, NewCall(kind.code, contents, given.read("audience", Audience), composed.choices)
    )
    if said.photos:
        photos.use(work.session, list(said.photos), f"call:{number}")
    return FormDone(Phrase("call-look"))


CALL = Form(
    id="call",
    steps=(
        ChoiceStep(name="kind", ask="call-which-kind", options=_kinds),
        ContentStep(name="content", ask=_content_question, check=_check_content),
        AudienceStep(name="audience", ask="call-to-whom", options=_audiences),
    ),
    gate=_gate,
    end=_end,
    late="content",
)


def _note_gate(filling: Filling) -> None:
    answering.require_open(filling.work, filling.given.number("call"))


def _note_end(filling: Filling) -> Notice:
    remark: Remark = filling.given.said("words")
    number = filling.given.number("call")
    answering.put_words(filling.work, number, remark.words, remark.voice)
    return CallNoted(number)


NOTE = Form(
    id="call_note",
    steps=(WordsStep(name="words", ask="call-note-ask", most=answering.MOST_WORDS),),
    gate=_note_gate,
    end=_note_end,
)


def _correct_gate(filling: Filling) -> None:
    sending.held(filling.work, filling.given.number("call"), "call.lead")


def _correct_end(filling: Filling) -> Notice:
    work, number, said = filling.work, filling.given.number("call"), _said(filling.given)
    sending.correct(work, number, work.actor.locale, said)
    if said.photos:
        photos.use(work.session, list(said.photos), f"call:{number}")
    return FormDone(Phrase("call-corrected"))


CORRECT = Form(
    id="call_correct",
    steps=(ContentStep(name="content", ask="call-correct-ask"),),
    gate=_correct_gate,
    end=_correct_end,
)
