"""诉求: what kind, in words or by voice, and how it is dealt with: that sends it."""

from bot import access
from bot.access import self_of
from bot.base.i18n import texts_of
from bot.features.cases import workflow as cases
from bot.features.requests import registering
from bot.features.requests.notices import RequestSent
from bot.features.requests.registering import NewRequest
from bot.features.requests.repository import REGISTER, REQUEST
from bot.features.safety import unplaced
from bot.forms.steps import ChoiceStep, Filling, Form, Option, Phrase, WordsStep
from bot.outbox.notices import Notice
from models import RequestMode

# "📝 诉求" stands on keyboards that were sent before the key got its longer name.
WORDS = texts_of("key-request") | {"诉求", "📝 诉求", "群众诉求", "登记诉求", "request"}


def _gate(filling: Filling) -> None:
    access.require(filling.actor, REGISTER, self_of(filling.actor))


def _kind_question(filling: Filling) -> Phrase:
    household = filling.given.get("household")
    return Phrase("request-which-of", {"number": str(household)}) if household else Phrase("request-which")


def _name(filling: Filling, code: str) -> dict[str, str | int]:
    kind = filling.settings.requests.category(code)
    return {"icon": kind.icon, "name": kind.zh_CN if filling.actor.locale == "zh_CN" else kind.en}


def _kinds(filling: Filling) -> list[Option]:
    codes = [kind.code for kind in filling.settings.requests.categories]
    return [Option(Phrase("hazard-option", _name(filling, code)), code) for code in codes]


def _mode_question(filling: Filling) -> Phrase:
    code = filling.given.text("kind")
    return Phrase(
        "request-how", _name(filling, code), {"time": registering.due_at(filling.settings, code, filling.now)}
    )


def _modes(_: Filling) -> list[Option]:
    return [Option(Phrase(f"request-option-{mode}"), mode) for mode in RequestMode]


def _end(filling: Filling) -> Notice:
    given, said = filling.given, filling.given.said("words")
    asked = NewRequest(
        given.text("kind"), given.read("mode", RequestMode), said.words, said.voice,
        given.get("household"), given.get("mark"),
    )  # fmt: skip
    number = registering.register(filling.work, asked)
    if given.get("said"):
        unplaced.place(filling.work, given["said"]["said"], REQUEST.subject(number), "request")
    return cases.receipt(filling.work, REQUEST, number, RequestSent)


FORM = Form(
    id="request",
    steps=(
        ChoiceStep(name="kind", ask=_kind_question, options=_kinds),
        WordsStep(name="words", ask="request-what", most=registering.MOST_WORDS),
        ChoiceStep(name="mode", ask=_mode_question, options=_modes),
    ),
    gate=_gate,
    end=_end,
    command="request",
    words=WORDS,
)
