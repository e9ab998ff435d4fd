"""What is said of calls: each kind of message, declared once."""

from dataclasses import replace

from bot.features.calls import cards, notices, views
from bot.outbox.notices import NEWS, URGENT_HELD, DeliveryPolicy, Lane, Quiet
from bot.views.messages import loaded, message

_TO_MANY = DeliveryPolicy(lane=Lane.BROADCAST, quiet=Quiet.HELD)

MESSAGES = (
    loaded(notices.CallMessage, cards.load_message, notices.CallShown, views.message, policy=_TO_MANY),
    loaded(
        notices.CallReminder, cards.load_reminder, notices.CallShown, views.reminder,
        policy=replace(NEWS, repeat=False),
    ),
    loaded(notices.CallMovedUp, cards.load_moved_up, notices.CallShown, views.moved_up, policy=URGENT_HELD),
    loaded(notices.CallPreview, cards.load_preview, notices.CallShown, views.preview),
    loaded(notices.CallOverview, cards.load_overview, notices.OverviewShown, views.overview),
    loaded(
        notices.CallToAgree, cards.load_to_agree, notices.OverviewShown, views.to_agree, policy=URGENT_HELD
    ),
    loaded(notices.CallPeople, cards.load_people, notices.PeopleShown, views.people),
    loaded(notices.CallSheet, cards.load_sheet, notices.SheetShown, views.sheet),
    loaded(notices.CallText, cards.load_text, notices.TextShown, views.text),
    message(notices.CallMore, views.more),
    message(notices.CallNoted, views.noted),
    message(notices.CallList, views.listed),
)  # fmt: skip
