"""Calls in `config.toml`: which kinds there are, what each asks, and how long it takes answers."""

from pydantic import Field, model_validator

from bot.settings.core import Named, Section
from models import Asked

# Shorter than others: buttons carry it along with numbers.
_CODE = Field(pattern=r"^[a-z][a-z0-9_]{0,15}$")


class CallChoice(Named):
    """One of the answers that a kind offers. `most`: so many may choose it, whoever comes after waits in
    line; `note`: a word is asked with it."""

    code: str = _CODE
    most: int | None = Field(default=None, ge=1, le=100_000)
    note: bool = False


class CallKind(Named):
    """A kind of call. `hours`: so long it takes answers; `remind_hours`: so long before that, those who are
    silent are asked once more (0: not). `counts`: its first choice takes only as many as its words say.
    `urgent`: it goes through quiet hours, before reminders."""

    code: str = _CODE
    icon: str = "📢"
    asked: Asked = Asked.NOTHING
    choices: tuple[CallChoice, ...] = Field(default=(), max_length=8)
    hours: int = Field(default=72, ge=1, le=24 * 90)
    remind_hours: int = Field(default=12, ge=0, le=24 * 30)
    counts: bool = False
    urgent: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> "CallKind":
        if self.choices and self.asked is not Asked.CHOICE:
            raise ValueError('choices are for calls that ask for a choice: asked = "choice"')
        if len({each.code for each in self.choices}) < len(self.choices):
            raise ValueError("two choices have the same code")
        return self

    @property
    def label(self) -> dict[str, str]:
        """What it is called, to be kept with calls of this kind."""
        return {"zh_CN": self.zh_CN, "en": self.en, "icon": self.icon}


def _choice(code: str, zh: str, en: str, *, note: bool = False) -> CallChoice:
    return CallChoice(code=code, zh_CN=zh, en=en, note=note)


_COMES = (_choice("come", "✅ 我来", "✅ I’ll come"), _choice("not", "来不了", "I can’t"))


def _meeting(code: str, zh: str, en: str, icon: str) -> CallKind:
    return CallKind(code=code, zh_CN=zh, en=en, icon=icon, asked=Asked.CHOICE, choices=_COMES)


DEFAULT = (
    CallKind(code="bulletin", zh_CN="小喇叭", en="Bulletin", icon="📢"),
    CallKind(code="notice", zh_CN="通知（要点收到）", en="Notice to confirm", icon="📌", asked=Asked.SEEN),
    CallKind(
        code="call_up", zh_CN="动员报名", en="Call-up", icon="🙋", asked=Asked.CHOICE,
        counts=True, urgent=True,
        choices=(_choice("come", "🙋 我报名", "🙋 I’m in"), _choice("not", "来不了", "I can’t")),
        hours=24, remind_hours=2,
    ),
    _meeting("meeting", "三会一课", "Branch meeting", "🏛"),
    _meeting("party_day", "主题党日", "Party day", "🚩"),
    _meeting("training", "培训演练", "Training or drill", "🎓"),
    _meeting("event", "文化活动", "Event", "🎬"),
    CallKind(
        code="five_noes", zh_CN="五无报告", en="Five-noes statement", icon="🧾", asked=Asked.CHOICE,
        choices=(
            _choice("none", "没有发现", "Nothing found"),
            _choice("found", "发现并帮了", "Found and helped", note=True),
            _choice("unchecked", "还没查", "Not checked yet"),
        ),
        hours=48,
    ),
    CallKind(code="survey", zh_CN="接龙选择", en="Survey", icon="🗳", asked=Asked.CHOICE),
    CallKind(code="count", zh_CN="报个数", en="Asking for a number", icon="🔢", asked=Asked.NUMBER),
)  # fmt: skip


class CallSettings(Section):
    """What one says to many. Above `agree_above` people somebody else agrees first. A call that was not let
    go within `draft_hours` is dropped; those who are silent are nudged once in `nudge_minutes` at most."""

    agree_above: int = Field(default=500, ge=1, le=1_000_000)
    draft_hours: int = Field(default=24, ge=1, le=240)
    nudge_minutes: int = Field(default=60, ge=1, le=24 * 60)
    kinds: tuple[CallKind, ...] = Field(default=DEFAULT, min_length=1, max_length=16)

    def kind(self, code: str) -> CallKind:
        """The kind with this code, else the first: kinds come and go, calls stay."""
        return next((known for known in self.kinds if known.code == code), self.kinds[0])
