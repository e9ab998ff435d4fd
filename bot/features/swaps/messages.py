"""What is said about swaps: each kind of message, declared once."""

from dataclasses import replace

from bot.features.swaps import cards, views
from bot.features.swaps.notices import (
    SwapAsked,
    SwapNews,
    SwapOfferAccepted,
    SwapOfferDeclined,
    SwapOffered,
    SwapSent,
    SwapToDecide,
    SwapWaitingCount,
)
from bot.outbox.notices import NEWS, URGENT_HELD
from bot.views.messages import loaded, message

_SOON = {"soon": True}
MESSAGES = (
    message(SwapSent, views.sent),
    message(SwapAsked, views.asked),
    message(SwapOffered, views.offered, policy=URGENT_HELD, before={"swap.offered_soon": _SOON}),
    message(SwapOfferDeclined, views.offer_declined),
    message(SwapOfferAccepted, views.offer_accepted),
    loaded(
        SwapToDecide, cards.load_to_decide, SwapToDecide, views.to_decide,
        policy=URGENT_HELD, before={"swap.to_decide_soon": _SOON},
    ),
    message(SwapNews, views.news, policy=replace(NEWS, folds=True), before={"swap.news_soon": _SOON}),
    message(SwapWaitingCount, views.waiting_count),
)  # fmt: skip
