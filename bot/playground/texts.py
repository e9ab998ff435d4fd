"""Formatted text as Telegram takes it: UTF-16 lengths, HTML parsing, trimming."""

import re
from dataclasses import dataclass

from bot.playground.replies import JsonObject, bad_request

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_TAG = re.compile(r"<(/?)([^\s>]*)([^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*)>")
_ATTRIBUTE = re.compile(r"\s*([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.-]+))")
_USER_LINK = re.compile(r"tg://user\?id=(\d+)$")


def utf16_length(text: str) -> int:
    """How long Telegram holds the text to be: in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _decode(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        hexadecimal, decimal, name = match.groups()
        if name:
            return _NAMED[name]
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        return chr(code) if 0 < code < 0x10FFFF else match[0]

    return _REFERENCE.sub(character, text)


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse entities: {reason}")


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int


class _HtmlReader:
    """Reads the markup once, left to right, holding the tags still open."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.entities: list[JsonObject] = []
        self.open: list[_Open] = []
        self.length = 0

    def read(self) -> tuple[str, list[JsonObject]]:
        position = 0
        while (start := self.source.find("<", position)) >= 0:
            self._text(self.source[position:start])
            position = self._tag(start)
        self._text(self.source[position:])
        if self.open:
            tag = self.open[-1].tag
            raise _unparsable(f'Can\'t find end tag corresponding to start tag "{tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.parts), self.entities

    def _text(self, raw: str) -> None:
        text = _decode(raw)
        self.parts.append(text)
        self.length += utf16_length(text)

    def _byte(self, position: int) -> int:
        return len(self.source[:position].encode("utf-8", "surrogatepass"))

    def _tag(self, start: int) -> int:
        match = _TAG.match(self.source, start)
        at = f"at byte offset {self._byte(start)}"
        if match is None:
            raise _unparsable(self._why_no_tag(start, at))
        name = match[2].lower()
        if match[1]:
            self._end(name, at)
        else:
            self._start(name, match[3], at)
        return match.end()

    def _why_no_tag(self, start: int, at: str) -> str:
        closing = self.source.startswith("</", start)
        name = re.split(r"\s", self.source[start + 1 :], maxsplit=1)
        if not closing and len(name) > 1 and name[0].lower() not in _TAGS:
            return f'Unsupported start tag "{name[0].lower()}" {at}'
        return f"Unclosed {'end' if closing else 'start'} tag {at}"

    def _start(self, name: str, attributes: str, at: str) -> None:
        if name not in _TAGS:
            raise _unparsable(f'Unsupported start tag "{name}" {at}')
        found = self._attributes(name, attributes, at)
        if name == "span" and found.get("class") != "tg-spoiler":
            raise _unparsable(f'Tag "span" must have class "tg-spoiler" {at}')
        self.open.append(_Open(name, found, self.length))

    def _attributes(self, name: str, source: str, at: str) -> dict[str, str]:
        found: dict[str, str] = {}
        position = 0
        while source[position:].strip():
            match = _ATTRIBUTE.match(source, position)
            if match is None:
                bare = source[position:].split(maxsplit=1)[0]
                # The one attribute Telegram takes without a value.
                if name == "blockquote" and bare == "expandable":
                    found["expandable"] = ""
                    position = source.index(bare, position) + len(bare)
                    continue
                raise _unparsable(
                    f'Expected equal sign in declaration of an attribute of the tag "{name}" {at}'
                )
            found[match[1].lower()] = _decode(match[2] or match[3] or match[4] or "")
            position = match.end()
        return found

    def _end(self, name: str, at: str) -> None:
        if not self.open:
            raise _unparsable(f"Unexpected end tag {at}")
        opened = self.open.pop()
        if name and name != opened.tag:
            raise _unparsable(f'Unmatched end tag {at}, expected "</{opened.tag}>", found "</{name}>"')
        if self.length > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        entity: JsonObject = {
            "type": _TAGS[opened.tag],
            "offset": opened.offset,
            "length": self.length - opened.offset,
        }
        if opened.tag == "a" and not self._link(entity, opened):
            return
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        if opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = self._emoji(opened)
        if opened.tag == "pre" and (language := self._language(entity)):
            entity["language"] = language
        self.entities.append(entity)
        if opened.tag == "code" and opened.attributes.get("class", "").startswith("language-"):
            entity["_language"] = opened.attributes["class"].removeprefix("language-")

    def _link(self, entity: JsonObject, opened: _Open) -> bool:
        url = opened.attributes.get("href", "")
        if user := _USER_LINK.match(url):
            entity["type"] = "text_mention"
            entity["user"] = {"id": int(user[1])}
            return True
        if not re.match(r"(?:https?|tg|mailto|tel|ton):", url):
            url = f"http://{url}" if re.match(r"[\w-]+(\.[\w-]+)+", url) else ""
        # As Telegram does: text under a link that is none stays, unlinked.
        entity["url"] = url
        return bool(url)

    def _emoji(self, opened: _Open) -> str:
        emoji = opened.attributes.get("emoji-id", "")
        if not emoji.isdigit() or int(emoji) == 0:
            raise _unparsable("Invalid custom emoji identifier specified")
        return emoji

    def _language(self, entity: JsonObject) -> str:
        inner = self.entities[-1] if self.entities else {}
        same = inner and (inner["offset"], inner["length"]) == (entity["offset"], entity["length"])
        return str(self.entities.pop()["_language"]) if same and "_language" in inner else ""


def parse_html(source: str) -> tuple[str, list[JsonObject]]:
    """The plain text and its entities (offsets in UTF-16 units); raises 400 with Telegram's reason."""
    if "<" not in source and "&" not in source:
        return source, []
    text, entities = _HtmlReader(source).read()
    for entity in entities:
        entity.pop("_language", None)
    return text, entities


def trim(text: str, entities: list[JsonObject]) -> tuple[str, list[JsonObject]]:
    """As Telegram stores it: no white space around; entities moved along."""
    clean = text.strip()
    if not entities or clean == text:
        return clean, entities
    before = utf16_length(text[: len(text) - len(text.lstrip())])
    total = utf16_length(clean)
    moved = []
    for entity in entities:
        start = max(0, entity["offset"] - before)
        end = min(total, entity["offset"] + entity["length"] - before)
        if end > start:
            moved.append({**entity, "offset": start, "length": end - start})
    return clean, moved
