"""Swaps of shifts."""
