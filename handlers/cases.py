"""Cases of every kind: the buttons that each one's message has, finding one, what waits, and their lists."""

import re

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.base.facts import Struct
from bot.features.cases import cards, lists, workflow
from bot.features.cases.case import AnyCase
from bot.features.cases.lists import Wanted
from bot.features.registry.cases import CASES
from bot.process.buttons import parts_of
from bot.process.context import App, Context
from bot.process.filters import NEW, WordFilter
from bot.process.incoming import number_of


class _CaseHandlers(Struct):
    """The same for one kind."""

    kind: AnyCase

    async def find(self, update: Update, context: Context) -> None:
        """One by its number; without one, what waits for this person."""
        said = " ".join(context.args or ())
        if said:
            cards.show_to(context.work, self.kind, workflow.find(context.work, self.kind, said))
        else:
            context.reply(workflow.waiting(context.work, self.kind))

    async def find_by_words(self, update: Update, context: Context) -> None:
        """H123 as it is written on paper."""
        cards.show_to(context.work, self.kind, workflow.find(context.work, self.kind, parts_of(context)[0]))

    async def show(self, update: Update, context: Context) -> None:
        """One of a list."""
        cards.show_to(context.work, self.kind, number_of(context))

    async def undo(self, update: Update, context: Context) -> None:
        """Sent by mistake, within the minute."""
        reference = workflow.withdraw(context.work, self.kind, number_of(context))
        context.reply(self.kind.notices.undone(reference))

    async def assign(self, update: Update, context: Context) -> None:
        """Who is to see to it, or who besides."""
        verb, number = parts_of(context)
        context.start_form("assign", {self.kind.family.name: int(number), "joint": verb == "with"})

    async def more_time(self, update: Update, context: Context) -> None:
        """Granted or not."""
        verb, number, version = parts_of(context)
        workflow.decide_more_time(context.work, self.kind, int(number), int(version), verb == "more")
        context.toast("hazard-noted")

    async def voices(self, update: Update, context: Context) -> None:
        """What was said."""
        found = workflow.voices(context.work, self.kind, number_of(context))
        for each in found:
            context.reply(each)
        if not found:
            context.toast("button-stale")

    async def history(self, update: Update, context: Context) -> None:
        """Step by step."""
        context.reply(workflow.history(context.work, self.kind, number_of(context)))

    async def first_page(self, update: Update, context: Context) -> None:
        """The list a person begins with."""
        context.reply(lists.first(context.work, self.kind))

    async def turn_page(self, update: Update, context: Context) -> None:
        """Another page or list, or the areas it can be narrowed to."""
        verb, board, area_id, category, offset = parts_of(context)
        wanted = Wanted(board, int(area_id), category or "", int(offset))
        read = lists.below if verb == "below" else lists.page
        context.turn_to(read(context.work, self.kind, wanted))

    def register(self, app: App) -> None:
        """Commands, words and buttons."""
        family, letter = self.kind.family, self.kind.family.letter.lower()
        written = re.compile(rf"^/?[{letter.upper()}{letter}](?:@\w+)?[\s_-]*((?:\d{{4}}-)?\d{{1,9}})$")
        app.add_handler(CommandHandler(letter, self.find, NEW))
        app.add_handler(MessageHandler(NEW & filters.Regex(written), self.find_by_words))
        number, read = r"(\d{1,15})", r"(\d{1,15}):(\d{1,9})"
        boards = "|".join(board.name for board in self.kind.boards)
        page = rf"(page|below):({boards}):(\d{{1,12}})(?::([a-z0-9_]{{0,24}}))?:(\d{{1,6}})"
        for callback, data in (
            (self.show, f"{family.keys}:show:{number}"),
            (self.undo, f"{family.keys}:undo:{number}"),
            (self.assign, f"{family.keys}:(to|with):{number}"),
            (self.more_time, f"{family.keys}:(more|less):{read}"),
            (self.voices, f"{family.keys}:voice:{number}"),
            (self.history, f"{family.keys}:log:{number}"),
            (self.turn_page, f"{family.pages}:{page}"),
        ):
            app.add_handler(CallbackQueryHandler(callback, f"^{data}$"))
        app.add_handler(CommandHandler(f"{family.name}s", self.first_page, NEW))
        words = frozenset({f"{family.name}s", *family.list_words})
        app.add_handler(MessageHandler(NEW & WordFilter(words), self.first_page))


def register(app: App) -> None:
    """Every kind, one after another."""
    for kind in CASES:
        _CaseHandlers(kind).register(app)
