"""How a resident can be reached, and of which linked household: both may be left out."""

from bot.features.requests import registering
from bot.forms.notices import FormDone
from bot.forms.steps import Answer, Filling, Form, Option, Phrase, Step, always
from bot.outbox.notices import Notice


class ContactStep(Step, kw_only=True):
    """A few written words; a voice note would be kept elsewhere, so it is not taken."""

    most: int

    @property
    def expected(self) -> Phrase:
        """Not too many of them."""
        return Phrase("request-expected-contact", {"most": str(self.most)})

    def read(self, answer: Answer, filling: Filling) -> str | None:
        """As it was written."""
        words = answer.text.strip()
        return words if 0 < len(words) <= self.most else None


class Number(Step, kw_only=True):
    """The number of a household."""

    @property
    def expected(self) -> Phrase:
        """A number, or the button."""
        return Phrase("request-expected-household", {"most": str(registering.MOST_HOUSEHOLD)})

    def read(self, answer: Answer, filling: Filling) -> int | None:
        """The number that is written."""
        said = answer.text.strip()
        number = int(said) if said.isdecimal() and len(said) <= 4 else 0
        return number if 0 < number <= registering.MOST_HOUSEHOLD else None


def _gate(filling: Filling) -> None:
    registering.require_own(filling.work, filling.given.number("request"))


def _end(filling: Filling) -> Notice:
    given = filling.given
    household = given.number("household") or None
    registering.add_contact(filling.work, given.number("request"), given.text("contact"), household)
    kept = Phrase("request-contact-kept", {"days": str(filling.settings.requests.contact_days)})
    return FormDone(kept)


FORM = Form(
    id="request_contact",
    steps=(
        ContactStep(
            name="contact", ask="request-contact-ask", most=registering.MOST_CONTACT, private=True,
            options=always(Option(Phrase("request-option-no-contact"), "")),
        ),
        Number(
            name="household", ask="request-household-ask", private=True,
            options=always(Option(Phrase("request-option-no-household"), 0)),
        ),
    ),
    gate=_gate,
    end=_end,
)  # fmt: skip
