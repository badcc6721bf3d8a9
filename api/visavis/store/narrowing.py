"""Finished features with some of their properties only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

# Within a feature no text can hold this: a quotation mark in text has a backslash before it.
PROPERTIES: Final = b',"properties":'


def narrowed(features: Iterable[bytes], properties: Sequence[str] | None) -> Iterator[bytes]:
    """Give features with the named properties, in the order of the table; None keeps all of them."""
    if properties is None:
        yield from features
        return
    kept = frozenset(properties)
    for feature in features:
        head, _, tail = feature.partition(PROPERTIES)
        told = {name: value for name, value in json.loads(tail[:-1]).items() if name in kept}
        yield b"".join(
            [head, PROPERTIES, json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), b"}"]
        )
