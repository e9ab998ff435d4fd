"""Summaries: figures, the names behind them, the review pack."""
