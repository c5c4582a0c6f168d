"""Typed words to raw options, and raw options to values: the grammar of every text command.

Words before the first `name:` fill the options in their order, each taking the longest run of words that it
can read. `name:` counts only for an option of the command that is not given yet; its value runs to the next
such name.
"""

import re
from collections.abc import Container, Mapping
from difflib import get_close_matches
from typing import Any

from bot.chat.command import Given, Option, Reading, Spec
from bot.domain.names import clean, quoted
from bot.errors import Refused, Typed

MAX_RUN_WORDS = 12
MAX_LINE_CHARACTERS = 12_000
MAX_NAME_CHARACTERS = 40
_NAME = re.compile(r"(?<!\S)([A-Za-z]+):")


class WrongOptions(Refused):
    """Refusal of several options: `wrong` has the one of each, by option name, in the command's order."""

    def __init__(self, wrong: dict[str, Refused]) -> None:
        first = next(iter(wrong.values()))
        super().__init__(first.parts, first.example)
        self.wrong = wrong


def find_command(words: str, specs: Mapping[str, Spec]) -> tuple[Spec, str]:
    """Return the command that a line begins with, and the rest. Raises a `Refused` that proposes the nearest."""
    for count in (2, 1):
        parts = words.split(maxsplit=count)
        name = " ".join(parts[:count]).casefold()
        if len(parts) >= count and name in specs:
            return specs[name], parts[count] if len(parts) > count else ""
    first, *_ = [*words.split(maxsplit=1), ""]
    raise unknown_command(first, words, specs)


def unknown_command(typed: str, words: str, specs: Mapping[str, Spec]) -> Refused:
    """Return the refusal of `typed`, the name of no command; its example is the command nearest to `words`."""
    typed = clean(typed, MAX_NAME_CHARACTERS).casefold()
    two_words = " ".join(words.split(maxsplit=2)[:2]).casefold()[:MAX_NAME_CHARACTERS]
    first, _, second = two_words.partition(" ")
    names = [spec.name for spec in specs.values() if not spec.is_button_only]
    subcommands = [name for name in names if name.startswith(f"{first} ")]
    if subcommands:
        meant = [name.split()[1] for name in subcommands if second and second in specs[name].also.split()]
        return _wrong_subcommand(first, second, subcommands, meant)
    firsts = list(dict.fromkeys([*names, *(name.split()[0] for name in names)]))
    near = (
        _find_by_other_word(typed, specs)
        or get_close_matches(two_words, firsts, 1, 0.6)
        or get_close_matches(typed[:MAX_NAME_CHARACTERS], firsts, 1, 0.5)
    )
    sentence = f"There is no command {quoted('/' + typed)}." if typed else "A command begins with a word."
    return Refused(sentence, f"/{(near or ['guide'])[0]}")


def _find_by_other_word(typed: str, specs: Mapping[str, Spec]) -> list[str]:
    """Return the commands that `typed` is another word for, or the only one of which it is the second word."""
    visible = [spec for spec in specs.values() if not spec.is_button_only]
    also = [spec.name for spec in visible if typed in spec.also.split()]
    seconds = [spec.name for spec in visible if spec.name.endswith(f" {typed}")]
    return also or (seconds if len(seconds) == 1 else [])


def _wrong_subcommand(first: str, second: str, subcommands: list[str], meant: list[str]) -> Refused:
    seconds = [name.split()[1] for name in subcommands]
    nearest = [*meant, *get_close_matches(second, seconds, 1, 0.5), *seconds][0]
    if not clean(second, MAX_NAME_CHARACTERS):
        return Refused((Typed(f"/{first}"), f" needs one more word: {', '.join(seconds)}."), f"/{first} {nearest}")
    rest = f" comes one of {', '.join(seconds)}, not {quoted(second)}."
    return Refused(("After ", Typed(f"/{first}"), rest), f"/{first} {nearest}")


def split_words(spec: Spec, words: str, reading: Reading) -> dict[str, str]:
    """Return the raw options of a typed line without the command's name. Raises `Refused` for words without a place."""
    if len(words) > MAX_LINE_CHARACTERS:
        raise Refused(f"That line has {len(words):,} characters; {MAX_LINE_CHARACTERS:,} fit.", _example(spec))
    words = _add_colon(spec, words)
    marks = _find_names(spec, words, reading)
    starts = [*(mark.start() for mark in marks.values()), len(words)]
    values = zip(marks.items(), starts[1:], strict=True)
    named = {name: words[mark.end() : end].strip() for (name, mark), end in values}
    return {**_read_by_position(spec, words[: starts[0]], named, reading), **named}


def _add_colon(spec: Spec, words: str) -> str:
    """Return `words` with a colon after the verb that they begin with, if they do."""
    first, *rest = words.split(maxsplit=1)[:2] or [""]
    is_verb = any(option.is_verb and option.name == first.casefold() for option in spec.visible)
    return f"{first}: {rest[0]}" if is_verb and rest else words


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
    if wrong:
        raise WrongOptions(wrong)
    return Given(values, {name: text for name, text in raw.items() if text.strip()})


def _find_names(spec: Spec, words: str, reading: Reading) -> dict[str, re.Match[str]]:
    """Return where each name that counts stands, in order. That of an option given before it is part of a value."""
    open_names = {option.name for option in spec.visible}
    marks: dict[str, re.Match[str]] = {}
    for mark in _NAME.finditer(words):
        name = mark[1].casefold()
        if name not in open_names:
            continue
        leading = words[: next(iter(marks.values()), mark).start()]
        open_names -= _find_given(spec, leading, marks, reading)
        if name in open_names:
            marks[name] = mark
            open_names.remove(name)
    return marks


def _find_given(spec: Spec, leading: str, named: Container[str], reading: Reading) -> set[str]:
    """Return the options that the leading words surely fill: free text reads anything, so it yields to its own name."""
    options = [option for option in spec.visible if option.name not in named and not option.is_named]
    filled, _, _ = _fill(leading.split(), options, reading)
    return {option.name for option in options if option.name in filled and not option.kind.is_free}


def _read_by_position(spec: Spec, leading: str, named: Container[str], reading: Reading) -> dict[str, str]:
    """Return the options of the leading words; words that none can read go to the next in turn, to be refused by it."""
    options = [option for option in spec.visible if option.name not in named and not option.is_named]
    filled, left, rest = _fill(leading.split(), options, reading)
    if rest and not left:
        raise Refused((Typed(f"/{spec.name}"), f" has no place for {quoted(' '.join(rest))}."), _example(spec))
    if rest:
        next_in_turn = next((option for option in left if option.is_in_form), left[0])
        filled[next_in_turn.name] = " ".join(rest)
    return filled


def _fill(
    words: list[str], options: list[Option[Any]], reading: Reading
) -> tuple[dict[str, str], list[Option[Any]], list[str]]:
    """Return the options that words fill in their order, the options after them, and the words that are left."""
    filled: dict[str, str] = {}
    while words and options:
        index, count = _fill_next(words, options, reading)
        if not count:
            break
        filled[options[index].name] = " ".join(words[:count])
        words, options = words[count:], options[index + 1 :]
    return filled, options, words


def _fill_next(words: list[str], options: list[Option[Any]], reading: Reading) -> tuple[int, int]:
    """Return the index of the option that takes the next words, and how many it takes: 0 if none can read any."""
    if options[0].kind.is_free:
        return 0, len(words)
    for index, option in enumerate(options):
        if not option.kind.is_free and (count := _measure_run(words, option, reading)):
            return index, count
    return 0, 0


def _measure_run(words: list[str], option: Option[Any], reading: Reading) -> int:
    """Return how many of the first words, at most `MAX_RUN_WORDS`, the option can read together."""
    for count in range(min(len(words), MAX_RUN_WORDS), 0, -1):
        if option.reads(" ".join(words[:count]), reading):
            return count
    return 0


def _example(spec: Spec) -> str:
    return spec.examples[0] if spec.examples else f"/{spec.name}"
