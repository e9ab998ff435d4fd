"""What a notice holds."""

from typing import Any

Facts = dict[str, Any]
