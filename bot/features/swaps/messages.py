"""What is said about swaps: each kind of message, declared once."""

from dataclasses import replace

from bot.features.swaps import cards, notices, views
from bot.outbox.notices import NEWS, URGENT_HELD
from bot.views.messages import loaded, message, says

_SOON = {"soon": True}
MESSAGES = (
    message(notices.SwapSent, views.sent),
    message(notices.SwapAsked, views.asked),
    message(notices.SwapOffered, views.offered, policy=URGENT_HELD, before={"swap.offered_soon": _SOON}),
    message(notices.SwapOfferDeclined, views.offer_declined),
    message(notices.SwapOfferAccepted, views.offer_accepted),
    loaded(
        notices.SwapToDecide, cards.load_to_decide, notices.SwapToDecide, views.to_decide,
        policy=URGENT_HELD, before={"swap.to_decide_soon": _SOON},
    ),
    message(notices.SwapNews, views.news, policy=replace(NEWS, folds=True), before={"swap.news_soon": _SOON}),
    message(notices.SwapWaitingCount, says("swap-waiting")),
)  # fmt: skip
