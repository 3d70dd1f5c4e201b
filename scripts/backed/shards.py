"""Values by key, cut into small scripts, so that a reader's browser loads the part it asks for and no more.

A page opened from a folder may not fetch files, but it may run scripts: each part is a script that hands over its
values. Which part holds a key follows from the key alone; ``site_src/assets/shards.js`` works it out by the same lines.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from .model import Export

FOLDER = "shards"
FULL = 32
"""How many works a part holds at the most, on average; at the least it is half of that."""

DIGITS = 12
"""How many hexadecimal digits of its content's SHA-256 name a part: among 10,000 two are alike in one
of five million bases."""

_UNSAFE = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""What JSON allows inside a text and a script in a page does not."""


def parts_for(works: int) -> int:
    """Return into how many parts so many works are cut: a power of two, 1 for none."""
    parts = 1
    while works > parts * FULL:
        parts *= 2
    return parts


def part_of(key: str, parts: int) -> str:
    """Return the name of the part that holds a key: the last bits of its FNV-1a hash (32 bits, of UTF-8), in hex."""
    number = 0x811C9DC5
    for byte in key.encode():
        number = (number ^ byte) * 0x01000193 & 0xFFFFFFFF
    return _name(number % parts, parts)


@dataclass(frozen=True)
class Parts:
    """Which keys every part holds, in order: worked out once for all kinds of values that the same keys have."""

    keys: Mapping[str, list[str]]

    @classmethod
    def of(cls, keys: Collection[str], parts: int = 0) -> Parts:
        """Return the keys in so many parts; in as many as so many works are cut into if that is not said."""
        parts = parts or parts_for(len(keys))
        held: dict[str, list[str]] = {_name(number, parts): [] for number in range(parts)}
        for key in sorted(keys):
            held[part_of(key, parts)].append(key)
        return cls(held)

    def cut(self, kind: str, values: Mapping[str, Any]) -> Iterator[Export]:
        """Yield the parts of ``values``, each as ``shards/KIND/NAME.js``, also those that hold nothing."""
        for name, keys in self.keys.items():
            yield script(f"{kind}/{name}", {key: values[key] for key in keys})


def cut(kind: str, values: Mapping[str, Any], parts: int) -> Iterator[Export]:
    """Yield so many parts of values whose keys no others have."""
    yield from Parts.of(values, parts).cut(kind, values)


def script(name: str, value: Any) -> Export:
    """Return a value as the script ``shards/NAME.js``, which hands it to the page."""
    return _handing(name, _json(value))


def named_by_content(kind: str, value: Any) -> Export:
    """Return a value as the script ``shards/KIND/DIGEST.js``: other content, another name."""
    text = _json(value)
    return _handing(f"{kind}/{sha256(text.encode()).hexdigest()[:DIGITS]}", text)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _handing(name: str, text: str) -> Export:
    return Export(f"{FOLDER}/{name}.js", f'backedShard("{name}",{text});\n'.encode())


def _name(number: int, parts: int) -> str:
    return f"{number:0{len(f'{parts - 1:x}')}x}"
