"""Leads people through forms: begins, asks, takes answers, ends. Sends nothing: gives what is to be said.

A form has one living message, the only one with buttons. A tap edits it: the answer joins what was chosen
before, and the next question, or what came of the form, stands below. What is written or sent moves it below
those words: the old message keeps what was chosen and loses its buttons.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.base.errors import Refused
from bot.base.facts import Json, read_as
from bot.forms import drafts, worded
from bot.forms.choosing import chosen, control, shortened
from bot.forms.drafts import Draft
from bot.forms.given import Given
from bot.forms.known import FORMS
from bot.forms.notices import (
    Choice,
    FormAsk,
    FormButton,
    FormClosed,
    FormDone,
    FormDropped,
    FormOffer,
    FormOutdated,
    FormPhotos,
    FormPhotosFull,
)
from bot.forms.steps import Answer, Filling, Form, NameStep, PhotosStep, Phrase, Step, WhichOne
from bot.outbox import outbox
from bot.outbox.notices import Living, Notice
from bot.storage.database import savepoint
from bot.views.notices import Refusal
from bot.words import said

# What is said anew, or on the form's living message.
Said = Notice | Living

BUTTON = re.compile(r"f:([a-z_]{1,16}):(\d{1,4}):(\d{1,18}):([a-z_]{1,12}):(\d{1,2}|go|no|done|back)")


def begin(
    filling: Filling,
    form_id: str,
    given: Mapping[str, Json] | None = None,
    first: Answer | None = None,
    photo: Answer | None = None,
) -> list[Said]:
    """Start a form, with answers that are known already; `first` answers the first question if it can,
    `photo` the one for photos, whenever it comes.

    Raises Refused for who may not start it.
    """
    form = FORMS[form_id]
    filling = filling.having(Given(given or {}))
    form.gate(filling)
    filling = _with_first(filling, form, first) if first else filling
    filling = _with_photo(filling, form, photo) if photo else filling
    known = filling.given
    step = form.next_step(known)
    if step is None:
        return [form.end(filling)]
    waiting = [_closed(each, "later") for each in drafts.of_chat(filling.session, filling.actor)]
    draft = drafts.begin(filling.work, form.id, form.version, step.name, known)
    answered = [name for name in known if name not in (given or {})]
    if first and first.text and answered:
        worded.answered(filling, draft, answered[0])
    which = step.read(first, filling) if first else None
    return [*waiting, _ask(filling, form, step, draft, which if isinstance(which, WhichOne) else None)]


def tap(filling: Filling, data: str, message_id: int = 0) -> list[Said]:
    """Take a button of this message. An empty list: it no longer applies, and nothing has changed but that
    a message which nobody knows has lost its buttons."""
    found = BUTTON.fullmatch(data)
    to, subject = outbox.recipient_of(filling.actor), f"form:{int(found[3])}" if found else ""
    known = bool(found) and outbox.tapped(filling.session, to, subject, message_id, filling.now)
    draft = drafts.get(filling.work, int(found[3])) if found else None
    form = form_of(draft) if draft else None
    step = form.step(draft.step) if form and draft else None
    if found is None or draft is None or form is None or step is None:
        if not known and message_id and filling.actor.person_id:
            outbox.take_keys(filling.session, to, message_id, filling.now)
        return []
    if (draft.form, str(draft.version), draft.step) != (found[1], found[2], found[4]):
        return []
    filling, what = filling.having(draft.given), found[5]
    return _or_over(filling, form, draft, False, lambda: _press(filling, form, step, draft, what))


def is_noted(filling: Filling, data: str) -> bool:
    """Whether a button that does nothing any more stands on a living message: it has shown more since."""
    found, to = BUTTON.fullmatch(data), outbox.recipient_of(filling.actor)
    return found is not None and outbox.is_living(filling.session, to, f"form:{int(found[3])}")


def takes(draft: Draft | None, answer: Answer) -> bool:
    """Whether the draft's step is for this kind of answer: words always are, photos and places only
    where they are asked for."""
    form = form_of(draft) if draft else None
    if draft is None or form is None:
        return False
    if answer.text or answer.voice:
        return True
    step = form.step(draft.step)
    if answer.photo:
        return isinstance(step, PhotosStep) or bool(form.late)
    if answer.file:
        return step is not None and step.takes_files
    return bool(answer.place and step and step.takes_places)


def wants_button(filling: Filling, draft: Draft, said: str) -> bool:
    """Whether the question takes no words at all, and these are not the name of one of its buttons."""
    form = form_of(draft)
    step = form.step(draft.step) if form else None
    return step is not None and not step.takes_words and not chosen(filling, draft.options, said)


def answer(filling: Filling, draft: Draft, sent: Answer) -> list[Said]:
    """Take what a person sent; what the step does not take is answered by what it expects."""
    form = form_of(draft)
    step = form.step(draft.step) if form else None
    if form is None or step is None:
        drafts.drop(filling.session, draft)
        return [_closed(draft), FormOutdated()]
    filling = filling.having(draft.given)
    return _or_over(filling, form, draft, True, lambda: _answer(filling, form, step, draft, sent))


def reword(filling: Filling, draft: Draft, step_name: str, old: str, words: str) -> list[Said]:
    """The message that answered a question says something else now: so does the answer. Empty where nothing
    can change any more; Refused where it cannot be right."""
    form = form_of(draft)
    asked = form.step(draft.step) if form else None
    if form is None or asked is None or step_name not in draft.given:
        return []
    filling = filling.having(draft.given)
    value = worded.changed(filling, form, draft, step_name, old, words)
    if value is None or isinstance(value, WhichOne):
        return [worded.expected(form.step(step_name) or asked)]
    kept = replace(draft, given=draft.given.plus(step_name, value), trail=())
    told = FormDone(Phrase("form-reworded"))
    return [_closed(draft), told, _ask(filling.having(kept.given), form, asked, kept)]


def cancel(filling: Filling, draft: Draft) -> list[Said]:
    """Drop the draft and say so; the one that waited behind it is offered."""
    return [_closed(draft), *_dropped(filling, draft, lambda notice: notice)]


def offer(filling: Filling, draft: Draft) -> list[Said]:
    """Remind of a draft after something else was done: once, until it is gone on with."""
    form = form_of(draft)
    if form is None or draft.offered:
        return []
    drafts.save(filling.session, replace(draft, offered=True), filling.now)
    buttons = (_button(draft, "go", Phrase("form-go-on")), _button(draft, "no", Phrase("form-drop")))
    return [_closed(draft, "later"), Living(FormOffer(form.name, buttons), draft.subject)]


def lapse(session: Session, now: datetime, most: int) -> int:
    """Drop forms that were forgotten or have changed since, up to so many: their messages say so and lose
    their buttons. Counts them."""
    gone = drafts.lapsed(session, now, [(form.id, form.version) for form in FORMS.values()], most)
    for draft in gone:
        drafts.drop(session, draft)
        said.forget(session, worded.kept_as(draft))
        why = "late" if form_of(draft) else "changed"
        outbox.close(session, _closed(draft, why), now)
    return len(gone)


def form_of(draft: Draft) -> Form | None:
    """The form of a draft; None where it has changed since or is no more."""
    form = FORMS.get(draft.form)
    return form if form and form.version == draft.version and form.step(draft.step) else None


def _with_first(filling: Filling, form: Form, first: Answer) -> Filling:
    """The first question answered beforehand, where this answers it."""
    step = form.next_step(filling.given)
    value = step.read(first, filling) if step else None
    if step is None or value is None or isinstance(value, WhichOne):
        return filling
    filling = filling.having(filling.given.plus(step.name, value))
    if step.check:
        step.check(filling)
    return filling


def _with_photo(filling: Filling, form: Form, photo: Answer) -> Filling:
    """The question for photos answered beforehand."""
    step = form.step(form.late)
    value = step.read(photo, filling) if isinstance(step, PhotosStep) else None
    if not value or isinstance(value, WhichOne):
        return filling
    return filling.having(filling.given.plus(form.late, value))


def _or_over(
    filling: Filling, form: Form, draft: Draft, moved: bool, going_on: Callable[[], list[Said]]
) -> list[Said]:
    """Go on. Where that is refused, and the form could not even be begun any more (somebody else has seen to
    it meanwhile), it is over; otherwise Refused goes on, and the question stays open."""
    place = outbox.checkpoint(filling.session)
    try:
        with savepoint(filling.session):
            return going_on()
    except Refused as refusal:
        if not _is_shut(filling, form):
            raise
        outbox.rollback_to(filling.session, place)
        drafts.drop(filling.session, draft)
        told = Refusal.of(refusal)
        over: list[Said] = [_closed(draft), told] if moved else [Living(told, draft.subject)]
        return [*over, *_offer_next(filling)]


def _is_shut(filling: Filling, form: Form) -> bool:
    try:
        form.gate(filling)
    except Refused:
        return True
    return False


def _press(filling: Filling, form: Form, step: Step, draft: Draft, what: str) -> list[Said]:
    if what == "no":
        return _dropped(filling, draft, lambda notice: Living(notice, draft.subject))
    if what == "go":
        return [_ask(filling, form, step, draft)]
    if what == "back":
        return [_back(filling, form, draft)] if draft.past else []
    if what == "done":
        photos = step.sent(draft.given) if isinstance(step, PhotosStep) else []
        return _take(filling, form, draft, draft.given[step.name], _counted(photos)) if photos else []
    number = int(what)
    if number >= len(draft.options):
        return []
    option = draft.options[number]
    return _take(filling, form, draft, option.value, option.label)


def _answer(filling: Filling, form: Form, step: Step, draft: Draft, sent: Answer) -> list[Said]:
    """What a person sent: the name of a button, an answer of its own, a button's name cut short."""
    late = form.step(form.late) if sent.photo and not isinstance(step, PhotosStep) else None
    if isinstance(late, PhotosStep):
        return _add_late(filling, late, draft, late.read(sent, filling))
    option = chosen(filling, draft.options, sent.text)
    if option:
        return _take(filling, form, draft, option.value, option.label, moved=True)
    value = step.read(sent, filling)
    what = control(sent.text, loosely=value is None)
    if what and (pressed := _typed_control(filling, form, step, draft, what)):
        return pressed
    loosely = value is None and not isinstance(step, NameStep)
    option = shortened(filling, draft.options, sent.text) if loosely else None
    if option:
        return _take(filling, form, draft, option.value, option.label, moved=True)
    if value is None:
        return worded.out_of_turn(filling, form, step, draft, sent)
    if isinstance(value, WhichOne):
        return [_closed(draft), _ask(filling, form, step, replace(draft, trail=()), value)]
    if isinstance(step, PhotosStep) and not step.one_will_do:
        return _add_photo(filling, step, draft, read_as(list[int], value))
    if sent.text or sent.voice:
        worded.answered(filling, draft, step.name)
    return _take(filling, form, draft, value, step.told(sent), moved=True)


def _typed_control(filling: Filling, form: Form, step: Step, draft: Draft, what: str) -> list[Said]:
    """Its last buttons, typed; an empty list where there is no such button now."""
    if what == "no":
        return cancel(filling, draft)
    if what == "back" and draft.past:
        return [_closed(draft), _back(filling, form, draft)]
    photos = step.sent(draft.given) if isinstance(step, PhotosStep) else []
    if what == "done" and photos:
        return _take(filling, form, draft, draft.given[step.name], _counted(photos), moved=True)
    return []


def _take(
    filling: Filling, form: Form, draft: Draft, value: Json, told: Phrase, *, moved: bool = False
) -> list[Said]:
    """The answer counts: go on to the next step, or end. The draft goes in the same transaction."""
    step = form.step(draft.step)
    assert step
    given = draft.given.plus(step.name, value)
    filling = filling.having(given)
    if step.check:
        step.check(filling)
    trail = (*draft.trail, Choice(draft.asked, told))
    draft = replace(draft, given=given, past=(*draft.past, step.name), trail=trail)
    parted = [_closed(draft)] if moved else []
    following = form.next_step(given, after=step.name)
    if following:
        following_draft = replace(draft, step=following.name, trail=() if moved else trail)
        return [*parted, _ask(filling, form, following, following_draft)]
    if not drafts.drop(filling.session, draft):
        return []
    said.gather(filling.session, worded.kept_as(draft))
    ended = form.end(filling)
    # What belongs to nothing (a contact, a time) is not kept beside.
    said.forget(filling.session, worded.kept_as(draft))
    told_now = ended if moved else Living(ended, draft.subject)
    return [*parted, told_now, *_offer_next(filling)]


def _back(filling: Filling, form: Form, draft: Draft) -> Living:
    """The question before, asked again; photos that were sent stay."""
    past, name = draft.past[:-1], draft.past[-1]
    said.forget(filling.session, worded.kept_as(draft, name))
    step = form.step(name)
    assert step
    given = draft.given if isinstance(step, PhotosStep) else draft.given.without(name)
    before = replace(draft, step=name, given=given, past=past, trail=draft.trail[:-1])
    return _ask(filling.having(given), form, step, before)


def _add_photo(filling: Filling, step: PhotosStep, draft: Draft, photos: Sequence[int]) -> list[Said]:
    """One more photo; only the first is answered, for an album has no end mark."""
    before = len(draft.given.numbers(step.name))
    if len(photos) == before:
        return [FormPhotosFull(step.most)] if before >= step.most else []
    kept = replace(draft, given=draft.given.plus(step.name, photos), offered=False)
    if before:
        drafts.save(filling.session, kept, filling.now)
        return []
    parted, kept = _closed(draft), replace(kept, trail=())
    drafts.save(filling.session, kept, filling.now)
    told = FormPhotos(step.most, (_done(kept),), _controls(kept))
    return [parted, Living(told, draft.subject)]


def _add_late(filling: Filling, step: PhotosStep, draft: Draft, value: Json | WhichOne) -> list[Said]:
    """A photo after the question for photos: it joins the others in silence; a first one is answered."""
    before = step.sent(draft.given)
    if value is None or isinstance(value, WhichOne):
        return []
    kept = replace(draft, given=draft.given.plus(step.name, value), offered=False)
    drafts.save(filling.session, kept, filling.now)
    return [] if before else [FormDone(Phrase("form-photo-joined"))]


def _ask(filling: Filling, form: Form, step: Step, draft: Draft, which: WhichOne | None = None) -> Living:
    """Put the question, or `which` of several was meant; its buttons are kept, so that a tap means what was
    read."""
    options = tuple(which.options if which else step.options(filling))
    asked = which.ask if which else step.question(filling)
    drafts.save(filling.session, replace(draft, options=options, offered=False, asked=asked), filling.now)
    buttons = [_button(draft, str(number), option.label) for number, option in enumerate(options)]
    if isinstance(step, PhotosStep) and draft.given.get(step.name):
        buttons.append(_done(draft))
    told = FormAsk(asked, tuple(buttons), _controls(draft), draft.trail)
    return Living(told, draft.subject)


def _closed(draft: Draft, why: str = "") -> Living:
    """The draft's message as it stays: what was chosen, or at least what was asked."""
    return Living(FormClosed(draft.trail, draft.asked, why), draft.subject, last=True)


def _dropped(filling: Filling, draft: Draft, saying: Callable[[Notice], Said]) -> list[Said]:
    drafts.drop(filling.session, draft)
    said.forget(filling.session, worded.kept_as(draft))
    form = FORMS.get(draft.form)
    name = form.name if form else "form-name-unknown"
    return [saying(FormDropped(name)), *_offer_next(filling)]


def _offer_next(filling: Filling) -> list[Said]:
    """A draft that waited behind the one that just went."""
    waiting = drafts.front(filling.session, filling.actor, filling.now)
    return offer(filling, waiting) if waiting else []


def _counted(photos: Sequence[int]) -> Phrase:
    return Phrase("form-said-photos", {"count": str(len(photos))})


def _controls(draft: Draft) -> tuple[FormButton, ...]:
    """What stands below the choices: the way back, where there is one, and the way out."""
    back = (_button(draft, "back", Phrase("form-back")),) if draft.past else ()
    return (*back, _button(draft, "no", Phrase("form-drop")))


def _done(draft: Draft) -> FormButton:
    return _button(draft, "done", Phrase("form-photos-done"))


def _button(draft: Draft, what: str, label: Phrase) -> FormButton:
    return FormButton(label, f"f:{draft.form}:{draft.version}:{draft.id}:{draft.step}:{what}")
