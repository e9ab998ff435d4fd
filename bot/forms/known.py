"""The forms there are, by their ids: `keep` is called once for each, where all of them are listed."""

from collections.abc import Iterable

from bot.forms.steps import Form

FORMS: dict[str, Form] = {}


def keep(forms: Iterable[Form]) -> None:
    """Make these forms known. Raises ValueError for an id that is taken."""
    for form in forms:
        if FORMS.setdefault(form.id, form) is not form:
            raise ValueError(f"two forms are called {form.id}")
