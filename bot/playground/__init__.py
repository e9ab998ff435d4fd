"""Telegram played on this machine: a strict Bot API server in memory, and people who use it.

Tests take `bot.playground.runner.Playground`; `python -m bot.playground.server` runs it alone.
"""
