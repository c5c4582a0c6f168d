"""Typed words to raw options, and raw options to values: the grammar of every text command.

Words before the first `name:` fill the options in their order, each taking the longest run of words that it can read.
`name:` counts only for an option of the command that is not given yet; its value runs to the next such name.
"""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from bot.chat.command import Given, Option, Reading, Spec
from bot.errors import Refused

LONGEST_RUN = 12
LONGEST_LINE = 12_000
_NAME = re.compile(r"(?<!\S)([A-Za-z]+):(?=\s|$|\S)")


class WrongOptions(Refused):
    """Some options could not be read: a sentence for each, by option name, in the command's order."""

    def __init__(self, wrong: dict[str, Refused]) -> None:
        first = next(iter(wrong.values()))
        super().__init__(first.sentence, first.example)
        self.wrong = wrong


def find_command(words: str, specs: Mapping[str, Spec]) -> tuple[Spec, str]:
    """The command that a line begins with, and the rest of the line; `Refused` proposes the nearest."""
    for count in (2, 1):
        parts = words.split(maxsplit=count)
        name = " ".join(parts[:count]).casefold()
        if len(parts) >= count and name in specs:
            return specs[name], parts[count] if len(parts) > count else ""
    typed = words.split(maxsplit=1)[0].casefold()[:40] if words.strip() else ""
    raise unknown_command(typed, words, specs)


def unknown_command(typed: str, words: str, specs: Mapping[str, Spec]) -> Refused:
    """The refusal of an unknown command, with the nearest known one as its example."""
    shown = "".join(letter for letter in typed if letter.isprintable())
    subcommands = [name for name in specs if name.startswith(f"{typed} ")]
    if subcommands:
        asked = " ".join(words.casefold().split()[:2])[:60]
        near = get_close_matches(asked, subcommands, 1, 0.6) or subcommands
        return Refused(
            f"/{shown} needs one more word: {', '.join(name.split()[1] for name in subcommands)}.",
            f"/{near[0]}",
        )
    firsts = list(dict.fromkeys([*specs, *(name.split()[0] for name in specs)]))
    near = get_close_matches(" ".join(words.casefold().split()[:2])[:60], firsts, 1, 0.6)
    near = near or get_close_matches(typed, firsts, 1, 0.5) or ["guide"]
    return Refused(f"There is no command /{shown}." if shown else "A command begins with a word.", f"/{near[0]}")


def split_words(spec: Spec, words: str, reading: Reading) -> dict[str, str]:
    """Raw options of a typed line (without the command's name)."""
    if len(words) > LONGEST_LINE:
        raise Refused(f"That line has {len(words):,} characters; {LONGEST_LINE:,} fit.", f"/{spec.name}")
    leading, named = _named_values(spec, words)
    options = [option for option in spec.visible if option.name not in named]
    return {**_fill(spec, leading.split(), options, reading), **named}


def read_options(spec: Spec, raw: Mapping[str, str], reading: Reading) -> Given:
    """Typed values of raw options; empty ones are as if not given. Raises `WrongOptions` naming all that is wrong."""
    values: dict[str, object] = {}
    wrong: dict[str, Refused] = {}
    for option in spec.options:
        text = raw.get(option.name, "").strip()
        if not text:
            continue
        try:
            values[option.name] = option.read(text, reading)
        except Refused as refused:
            wrong[option.name] = refused
    if wrong:
        raise WrongOptions(wrong)
    return Given(values, {name: text for name, text in raw.items() if text.strip()})


def _named_values(spec: Spec, words: str) -> tuple[str, dict[str, str]]:
    known = {option.name for option in spec.visible}
    marks: list[tuple[str, re.Match[str]]] = []
    for match in _NAME.finditer(words):
        name = match[1].casefold()
        if name in known:
            known.remove(name)
            marks.append((name, match))
    ends = [match.start() for _, match in marks[1:]] + [len(words)] * bool(marks)
    values = {name: words[match.end() : end].strip() for (name, match), end in zip(marks, ends, strict=True)}
    return words[: marks[0][1].start()] if marks else words, values


def _fill(spec: Spec, words: list[str], options: list[Option[object]], reading: Reading) -> dict[str, str]:
    filled: dict[str, str] = {}
    while words:
        option, taken = _next_filled(words, options, reading)
        if option is None:
            raise Refused(f"/{spec.name} has no place for “{_cut(words)}”.", _usage(spec))
        filled[option.name] = " ".join(words[:taken])
        words = words[taken:]
        options = options[options.index(option) + 1 :]
    return filled


def _next_filled(
    words: list[str], options: list[Option[object]], reading: Reading
) -> tuple[Option[object] | None, int]:
    """The option that takes the next words and how many; one that can read none of them takes all, to be refused."""
    if not options:
        return None, 0
    if not options[0].kind.is_free:
        for option in options:
            taken = 0 if option.kind.is_free else _longest_run(words, option, reading)
            if taken:
                return option, taken
    asked = next((option for option in options if option.is_in_form), options[0])
    return asked, len(words)


def _longest_run(words: list[str], option: Option[object], reading: Reading) -> int:
    for count in range(min(len(words), LONGEST_RUN), 0, -1):
        if option.reads(" ".join(words[:count]), reading):
            return count
    return 0


def _usage(spec: Spec) -> str:
    return " ".join([f"/{spec.name}", *(f"{option.name}: …" for option in spec.visible)])


def _cut(words: list[str]) -> str:
    text = "".join(letter for letter in " ".join(words) if letter.isprintable())
    return text if len(text) <= 40 else text[:39] + "…"
