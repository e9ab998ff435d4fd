"""Leads people through forms: begins, asks, takes answers, ends. Sends nothing: gives what is to be said."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.forms import FORMS, store
from bot.forms.steps import Answer, Filling, Form, Photos, Phrase, Step
from bot.forms.store import Draft
from bot.notices import Facts, Notice

BUTTON = re.compile(r"f:([a-z_]{1,16}):(\d{1,4}):(\d{1,18}):([a-z_]{1,12}):(\d{1,2}|go|no|done)")


def begin(
    filling: Filling,
    form_id: str,
    given: Mapping[str, Any] | None = None,
    said: Answer | None = None,
    photo: Answer | None = None,
) -> list[Notice]:
    """Start a form, with answers that are known already; `said` answers the first question if it can,
    `photo` the one for photos, whenever it comes.

    Raises Refused for who may not start it.
    """
    form = FORMS[form_id]
    filling = replace(filling, given=dict(given or {}))
    form.gate(filling)
    filling = _with_first(filling, form, said) if said else filling
    filling = _with_photo(filling, form, photo) if photo else filling
    known = dict(filling.given)
    step = form.next_step(known)
    if step is None:
        return [form.end(filling)]
    draft = store.begin(filling.session, filling.actor, form.id, form.version, step.name, known, filling.now)
    return [_ask(filling, form, step, draft)]


def tap(filling: Filling, data: str) -> list[Notice]:
    """Take a pressed button. An empty list: it no longer applies, and nothing has changed."""
    found = BUTTON.fullmatch(data)
    draft = store.get(filling.session, filling.actor, int(found[3])) if found else None
    form = form_of(draft) if draft else None
    if found is None or draft is None or form is None:
        return []
    if (draft.form, str(draft.version), draft.step) != (found[1], found[2], found[4]):
        return []
    step = form.step(draft.step)
    return _press(replace(filling, given=draft.given), form, step, draft, found[5]) if step else []


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
        return isinstance(step, Photos) or bool(form.late)
    return bool(answer.place and step and step.takes_places)


def answer(filling: Filling, draft: Draft, sent: Answer) -> list[Notice]:
    """Take what a person sent; what the step does not take is answered by what it expects."""
    form = form_of(draft)
    step = form.step(draft.step) if form else None
    if form is None or step is None:
        store.drop(filling.session, draft)
        return [Notice("form.outdated")]
    filling = replace(filling, given=draft.given)
    late = form.step(form.late) if sent.photo and not isinstance(step, Photos) else None
    if late is not None:
        return _add_late(filling, late, draft, late.read(sent, filling))
    value = step.read(sent, filling)
    if value is None:
        return [Notice("form.expected", {"text": step.expected.as_facts()})]
    if isinstance(step, Photos) and not step.one_will_do:
        return _add_photo(filling, form, step, draft, value)
    return _take(filling, form, step, draft, value)


def cancel(filling: Filling, draft: Draft) -> list[Notice]:
    """Drop the draft and say so; the one that waited behind it is offered."""
    store.drop(filling.session, draft)
    form = FORMS.get(draft.form)
    name = form.name if form else "form-name-unknown"
    return [Notice("form.dropped", {"name": name}), *_offer_next(filling)]


def offer(filling: Filling, draft: Draft) -> list[Notice]:
    """Remind of a draft after something else was done: once, until it is gone on with."""
    form = form_of(draft)
    if form is None or draft.offered:
        return []
    store.save(filling.session, replace(draft, offered=True), filling.now)
    buttons = [_button(draft, "go", Phrase("form-go-on")), _button(draft, "no", Phrase("form-drop"))]
    return [Notice("form.offer", {"name": form.name, "buttons": buttons})]


def form_of(draft: Draft) -> Form | None:
    """The form of a draft; None where it has changed since or is no more."""
    form = FORMS.get(draft.form)
    return form if form and form.version == draft.version and form.step(draft.step) else None


def _with_first(filling: Filling, form: Form, said: Answer) -> Filling:
    """The first question answered beforehand, where this answers it."""
    step = form.next_step(filling.given)
    value = step.read(said, filling) if step else None
    if step is None or value is None:
        return filling
    if step.check:
        step.check(filling, value)
    return replace(filling, given={**filling.given, step.name: value})


def _with_photo(filling: Filling, form: Form, photo: Answer) -> Filling:
    """The question for photos answered beforehand."""
    step = form.step(form.late)
    value = step.read(photo, filling) if step else None
    return replace(filling, given={**filling.given, form.late: value}) if value else filling


def _press(filling: Filling, form: Form, step: Step, draft: Draft, what: str) -> list[Notice]:
    if what == "no":
        return cancel(filling, draft)
    if what == "go":
        return [_ask(filling, form, step, draft)]
    if what == "done":
        photos = draft.given.get(step.name) if isinstance(step, Photos) else None
        return _take(filling, form, step, draft, photos) if photos else []
    number = int(what)
    return (
        _take(filling, form, step, draft, draft.options[number]["value"])
        if number < len(draft.options)
        else []
    )


def _take(filling: Filling, form: Form, step: Step, draft: Draft, value: Any) -> list[Notice]:
    """The answer counts: go on to the next step, or end. The draft goes in the same transaction."""
    if step.check:
        step.check(filling, value)
    given = {**draft.given, step.name: value}
    filling = replace(filling, given=given)
    following = form.next_step(given, after=step.name)
    if following:
        return [_ask(filling, form, following, replace(draft, step=following.name, given=given))]
    if not store.drop(filling.session, draft):
        return []
    return [form.end(filling), *_offer_next(filling)]


def _add_photo(filling: Filling, form: Form, step: Photos, draft: Draft, photos: list[Any]) -> list[Notice]:
    """One more photo; only the first is answered, for an album has no end mark."""
    before = len(draft.given.get(step.name, ()))
    if len(photos) == before:
        return [Notice("form.photos_full", {"most": step.most})] if before >= step.most else []
    kept = replace(draft, given={**draft.given, step.name: photos}, offered=False)
    store.save(filling.session, kept, filling.now)
    done = _button(draft, "done", Phrase("form-photos-done"))
    return [] if before else [Notice("form.photos", {"buttons": [done], "most": step.most})]


def _add_late(filling: Filling, step: Step, draft: Draft, photos: list[Any]) -> list[Notice]:
    """A photo after the question for photos: it joins the others in silence; a first one is answered."""
    before = draft.given.get(step.name, ())
    kept = replace(draft, given={**draft.given, step.name: photos}, offered=False)
    store.save(filling.session, kept, filling.now)
    return [] if before else [Notice("form.done", {"text": Phrase("form-photo-joined").as_facts()})]


def _ask(filling: Filling, form: Form, step: Step, draft: Draft) -> Notice:
    """Put the question; its buttons are kept, so that a tap means what was read."""
    options = [{**o.label.as_facts(), "value": o.value} for o in step.options(filling)]
    store.save(filling.session, replace(draft, options=options, offered=False), filling.now)
    buttons = [
        {"label": {k: option[k] for k in ("key", "facts", "times")}, "data": _data(draft, str(number))}
        for number, option in enumerate(options)
    ]
    if isinstance(step, Photos) and draft.given.get(step.name):
        buttons.append(_button(draft, "done", Phrase("form-photos-done")))
    buttons.append(_button(draft, "no", Phrase("form-drop")))
    return Notice("form.ask", {"text": step.question(filling).as_facts(), "buttons": buttons})


def _offer_next(filling: Filling) -> list[Notice]:
    """A draft that waited behind the one that just went."""
    waiting = store.front(filling.session, filling.actor, filling.now)
    return offer(filling, waiting) if waiting else []


def _button(draft: Draft, what: str, label: Phrase) -> Facts:
    return {"label": label.as_facts(), "data": _data(draft, what)}


def _data(draft: Draft, what: str) -> str:
    return f"f:{draft.form}:{draft.version}:{draft.id}:{draft.step}:{what}"
