"""The words of options to their values, or to all that is wrong with them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.chat.command import Given, Option, Reading, Spec
from bot.chat.reading.split import split_words
from bot.errors import Refused


class WrongOptions(Refused):
    """Refusal of several options: `wrong` has the one of each, by option name, in the command's order."""

    def __init__(self, wrong: dict[str, Refused], given: Given) -> None:
        name, first = next(((name, one) for name, one in wrong.items() if not one.offers), next(iter(wrong.items())))
        super().__init__(first.parts, first.example, first.offers)
        self.about = name
        self.wrong = wrong
        self.given = given


def read_options(spec: Spec, raw: Mapping[str, str], reading: Reading) -> Given:
    """Return the typed values of raw options. Raises `WrongOptions` with all that is wrong.

    Empty ones, and texts of which nothing can be seen, are as if not given.
    """
    values: dict[str, object] = {}
    wrong: dict[str, Refused] = {}
    for option in spec.options:
        text = raw.get(option.name, "").strip()
        if not text:
            continue
        try:
            value = option.value(text, reading)
        except Refused as refused:
            wrong[option.name] = refused
        else:
            if value != "":
                values[option.name] = value
    given = Given(values, {name: text for name, text in raw.items() if text.strip()})
    if wrong:
        raise WrongOptions(wrong, given)
    return given


def spread(spec: Spec, raw: Mapping[str, str], reading: Reading) -> dict[str, str]:
    """Return raw options with the words of one that holds several values where they belong: time "2h yesterday".

    So a platform's own options and the fields of a form are read as a line is. Words that are no values stay.
    """
    parted = dict(raw)
    for option in spec.visible:
        words = parted.get(option.name, "")
        if option.kind.is_free or option.kind.takes_all or len(words.split()) < 2 or option.reads(words, reading):
            continue
        parted |= _part_value(_with_open_options(spec, option, parted), option, words, reading)
    return parted


def _with_open_options(spec: Spec, option: Option[Any], raw: Mapping[str, str]) -> Spec:
    """Return the command with an option, and those others that have a type and are not given."""
    is_open = {other.name for other in spec.visible if not other.kind.is_free and not raw.get(other.name, "").strip()}
    return replace(spec, options=tuple(other for other in spec.visible if other.name in {option.name, *is_open}))


def _part_value(spec: Spec, option: Option[Any], words: str, reading: Reading) -> dict[str, str]:
    """Return the words of several options if all of them can be read, else nothing."""
    try:
        raw = split_words(spec, f"{option.name}: {words}", reading)
        read_options(spec, raw, reading)
    except Refused as refused:
        return raw if isinstance(refused, WrongOptions) and refused.offers else {}
    return raw
