"""Words that all maps share."""

from bot.views.base import Reader

_WORDS = ("metres", "kilometres", "north", "many")


def map_words(to: Reader) -> dict[str, str]:
    """By what they are for. How many places are outside is known where it is drawn: `{n}` stands there."""
    return {word: to.tr.plain(f"map-{word}") for word in _WORDS} | {
        "outside": to.tr.plain("map-outside", n="{n}")
    }
