"""A small checker of JSON against a schema: types, lengths, required and unknown names, no null that is not allowed."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Check = Callable[[Any, str], Iterator[str]]

SNOWFLAKE = re.compile(r"0|[1-9][0-9]{0,19}")


def text(most: int, least: int = 0, *, pattern: str = "") -> Check:
    """Check for a string of so many characters."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{where} is no string: {value!r}"
        elif not least <= len(value) <= most:
            yield f"{where} has {len(value)} characters, {least} to {most} fit"
        elif pattern and not re.fullmatch(pattern, value):
            yield f"{where} is {value!r}"

    return check


def whole(least: int, most: int) -> Check:
    """Check for an integer between two, both included."""

    def check(value: Any, where: str) -> Iterator[str]:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            yield f"{where} is {value!r}, {least} to {most} fit"

    return check


def flag(value: Any, where: str) -> Iterator[str]:
    """Check for true or false."""
    if not isinstance(value, bool):
        yield f"{where} is no boolean: {value!r}"


def snowflake(value: Any, where: str) -> Iterator[str]:
    """Check for an id: digits, in a string."""
    if not isinstance(value, str) or not SNOWFLAKE.fullmatch(value):
        yield f"{where} is no snowflake: {value!r}"


def one_of(*values: Any) -> Check:
    """Check for one of these values, of its very type."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not any(value == known and type(value) is type(known) for known in values):
            yield f"{where} is {value!r}, none of {values}"

    return check


def array(of: Check, most: int, least: int = 0, *, is_unique: bool = False) -> Check:
    """Check for a list of so many items, each of which passes `of`."""

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{where} is no list: {value!r}"
            return
        if not least <= len(value) <= most:
            yield f"{where} has {len(value)} items, {least} to {most} fit"
        if is_unique and len({repr(item) for item in value}) < len(value):
            yield f"{where} repeats itself"
        for at, item in enumerate(value):
            yield from of(item, f"{where}[{at}]")

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Check for an object with these names and no others."""
    known = {**required, **(optional or {})}

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where} is no object: {value!r}"
            return
        yield from (f"{where} lacks {name}" for name in required if name not in value)
        for name, member in value.items():
            if name in known:
                yield from known[name](member, f"{where}.{name}")
            else:
                yield f"{where} has an unknown {name}"

    return check


def by(kinds: Mapping[int, Check], name: str = "type") -> Check:
    """Check for an object whose `type`, or what else is named, says which of these it is."""

    def check(value: Any, where: str) -> Iterator[str]:
        kind = value.get(name) if isinstance(value, dict) else None
        known = kinds.get(kind) if isinstance(kind, int) else None
        if known is None:
            yield f"{where} has the {name} {kind!r}, none of {sorted(kinds)}"
        else:
            yield from known(value, where)

    return check
