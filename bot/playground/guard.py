"""Keeps foreign web pages out: whoever reaches the playground must have asked for this very machine."""

from typing import Any
from urllib.parse import urlsplit

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


def is_local(scope: Any) -> bool:
    """Whether a request was meant for this machine and comes from no foreign page.

    A page elsewhere can point its own name at 127.0.0.1 (DNS rebinding): then `Host` holds that name.
    """
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    host, origin = headers.get(b"host", ""), headers.get(b"origin")
    if _name(f"//{host}") not in LOCAL:
        return False
    return origin is None or origin == f"http://{host}"


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
