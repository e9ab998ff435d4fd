"""The ceiling: python-telegram-bot answering without a database, with our aiohttp client and uvloop."""

import asyncio
import sys

import uvloop
from telegram import Update
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

from bot.telegram_api import AiohttpRequest


async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say something."""
    assert update.message
    await update.message.reply_text("✅ 已上岗 08:00\n班次：08:00–20:00 · 1号卡点\n位置：在 1号卡点 ✓")


def main() -> None:
    """url base_url token at_once"""
    _, base_url, token, at_once = sys.argv[1:5]
    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    builder = ApplicationBuilder().token(token).base_url(base_url).request(AiohttpRequest(connections=256))
    builder = builder.get_updates_request(AiohttpRequest()).concurrent_updates(int(at_once) or False)
    app: Application = builder.build()  # type: ignore[type-arg]
    app.add_handler(MessageHandler(filters.LOCATION, answer))
    app.run_polling(stop_signals=None)


if __name__ == "__main__":
    main()
