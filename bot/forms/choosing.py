"""Which button somebody means who types its name instead of tapping it."""

from collections.abc import Sequence

from bot.base.i18n import bare, texts_of, translator, words_of
from bot.forms.steps import Filling, Option

# So much of a name at the least: one character names too much.
SHORTEST = 2
# What the last buttons of a question are called, and what else people write for them.
_CONTROLS = {
    "no": ("form-drop", "form-words-drop"),
    "back": ("form-back", "form-words-back"),
    "done": ("form-photos-done", "form-words-done"),
}


def chosen(filling: Filling, options: Sequence[Option], said: str) -> Option | None:
    """The option whose whole name was written, whatever its emoji, width and case; None where there is none,
    or more than one."""
    wanted = bare(said)
    return _only([each for each in options if wanted and wanted == _name(filling, each)])


def shortened(filling: Filling, options: Sequence[Option], said: str) -> Option | None:
    """The one option whose name holds what was written; one that begins with it goes first."""
    wanted = bare(said)
    if len(wanted) < SHORTEST and not wanted.isdecimal():
        return None
    names = [(each, _name(filling, each)) for each in options]
    beginning = _only([each for each, name in names if wanted and _begins(name, wanted)])
    return beginning or _only([each for each, name in names if len(wanted) >= SHORTEST and wanted in name])


def control(said: str, loosely: bool) -> str:
    """Which of a question's last buttons is meant: "no", "back", "done"; empty for none. `loosely`: by what
    else people write for it, too; where words are asked for, they are an answer."""
    wanted = bare(said)
    for what, (label, words) in _CONTROLS.items():
        names = texts_of(label) | (words_of(words) if loosely else frozenset())
        if wanted in map(bare, names):
            return what
    return ""


def _begins(name: str, wanted: str) -> bool:
    """A number ends where its digits end: 1 is not 10."""
    rest = name.removeprefix(wanted)
    return name.startswith(wanted) and not (wanted[-1].isdecimal() and rest[:1].isdecimal())


def _name(filling: Filling, option: Option) -> str:
    zone = filling.settings.work.zone
    label = option.label
    times = {name: moment.astimezone(zone).strftime("%H:%M") for name, moment in label.times.items()}
    return bare(translator(filling.actor.locale).plain(label.key, **label.facts, **times))


def _only(found: list[Option]) -> Option | None:
    return found[0] if len(found) == 1 else None
