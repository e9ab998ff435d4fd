"""Every kind of case, one line each."""

from bot.features.cases.case import AnyCase
from bot.features.hazards.repository import HAZARD
from bot.features.requests.repository import REQUEST

CASES: tuple[AnyCase, ...] = (HAZARD, REQUEST)
