"""The words that answer a form's questions, by the message they came in: until the form ends they are its
own, then they belong to what it made."""

import re
from dataclasses import replace

from bot.base.facts import Json
from bot.forms import drafts
from bot.forms.drafts import Draft
from bot.forms.notices import FormDone, FormExpected
from bot.forms.steps import EARLY, Answer, Filling, Form, Phrase, Step, WhichOne
from bot.outbox.notices import Living, Notice
from bot.words import said


def kept_as(draft: Draft, step: str = "") -> str:
    """What the words of its answers are kept under until it ends."""
    return f"draft:{draft.id}:{step}"


def step_of(subject: str) -> tuple[int, str]:
    """The draft and the step whose words are kept under this subject; 0: of none."""
    found = re.fullmatch(r"draft:(\d{1,18}):([a-z_]{1,12})", subject)
    return (int(found[1]), found[2]) if found else (0, "")


def answered(filling: Filling, draft: Draft, step: str) -> None:
    """This message answers that question, and whatever answered it before does so no more."""
    said.forget(filling.session, kept_as(draft, step))
    said.keep(filling.session, filling.actor, kept_as(draft, step))


def expected(step: Step) -> Notice:
    """What the question is for."""
    return FormExpected(step.expected)


def out_of_turn(
    filling: Filling, form: Form, step: Step, draft: Draft, sent: Answer
) -> list[Notice | Living]:
    """Something else than was asked for: words go where the form wants them later, all else is kept as
    belonging to nothing, unless it was asked for in private; what is expected is said either way."""
    wanted = form.step(form.early)
    value = wanted.read(sent, filling) if wanted else None
    if value is None or isinstance(value, WhichOne):
        if not step.private:
            said.keep(filling.session, filling.actor, said.UNPLACED)
        return [expected(step)]
    said.keep(filling.session, filling.actor, kept_as(draft, EARLY))
    given = draft.given.plus(EARLY, [*draft.given.get(EARLY, ()), value])
    drafts.save(filling.session, replace(draft, given=given, offered=False), filling.now)
    return [FormDone(Phrase("form-words-joined")), expected(step)]


def changed(filling: Filling, form: Form, draft: Draft, name: str, old: str, words: str) -> Json | WhichOne:
    """The answer to this question, now that its message says something else; None where it cannot be read,
    Refused where it cannot be right."""
    before = draft.given[name]
    if name == EARLY:
        return [{**each, "words": words} if each.get("words") == old else each for each in before]
    step = form.step(name)
    if step is None:
        return None
    spoken = before.get("voice", "") if isinstance(before, dict) else ""
    value = step.read(Answer(text=words, voice=spoken), filling)
    if value is not None and not isinstance(value, WhichOne) and step.check:
        step.check(filling.having(draft.given.plus(name, value)))
    return value
