"""The command that a line begins with, and what was meant where there is none of that name."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from typing import NamedTuple

from bot.chat.command import Spec
from bot.domain.names import clean, quoted
from bot.domain.pattern import compile_on_use
from bot.domain.plain import spell
from bot.errors import Refused, Sentence, Typed

MAX_NAME_CHARACTERS = 40
MAX_PROPOSED = 4
MAX_SECONDS = 3
"""Commands with the same second word that are still proposed by it: timer, focus and group start."""
NEAR_TWO_WORDS, NEAR_ONE_WORD = 0.6, 0.5
_GLUED = compile_on_use(r"([a-z-]{3,}?)-?(?=[0-9~+.])")
"""A name without a gap behind it: "checkin2h"."""


class Proposal(NamedTuple):
    """A command that may be meant, and what was typed behind its name."""

    spec: Spec
    rest: str


class UnknownCommand(Refused):
    """A line that begins with no command; `proposals` are those that may be meant, the likeliest first."""

    def __init__(self, sentence: Sentence, proposals: Sequence[Proposal]) -> None:
        super().__init__(sentence, f"/{proposals[0].spec.name}" if proposals else "/guide")
        self.proposals = tuple(proposals)


def find_command(words: str, specs: Mapping[str, Spec]) -> tuple[Spec, str]:
    """Return the command that a line begins with, and the rest. Raises `UnknownCommand`."""
    for count in (2, 1):
        name = spell(" ".join(words.split(maxsplit=count)[:count])).casefold()
        if len(name.split()) == count and name in specs:
            return specs[name], _behind(words, count)
    raise unknown_command(words.split(maxsplit=1)[0] if words.strip() else "", words, specs)


def unknown_command(typed: str, words: str, specs: Mapping[str, Spec]) -> UnknownCommand:
    """Return the refusal of `typed`, the name of no command, which `words` begin with."""
    typed = clean(spell(typed), MAX_NAME_CHARACTERS).casefold()
    if not typed:
        return UnknownCommand("A command begins with a word.", [])
    visible = [spec for spec in specs.values() if not spec.is_button_only]
    first = spell(words.split(maxsplit=1)[0]).casefold()
    subcommands = [spec for spec in visible if spec.name.startswith(f"{first} ")]
    if subcommands:
        return _wrong_subcommand(first, words, subcommands)
    proposals = _by_other_word(typed, words, visible) or _by_likeness(typed[:MAX_NAME_CHARACTERS], words, visible)
    return UnknownCommand(f"There is no command {quoted('/' + typed)}.", proposals[:MAX_PROPOSED])


def _behind(words: str, count: int) -> str:
    """Return what stands behind the first words."""
    parts = words.split(maxsplit=count)
    return parts[count] if len(parts) > count else ""


def _by_other_word(typed: str, words: str, visible: list[Spec]) -> list[Proposal]:
    """Return the commands that `typed` is another word for, or is the beginning of without a gap behind it."""
    seconds = [spec for spec in visible if spec.name.endswith(f" {typed}")]
    meant = seconds if len(seconds) <= MAX_SECONDS else []
    meant += [spec for spec in visible if typed in spec.also.split()]
    if meant:
        return [Proposal(spec, _behind(words, 1)) for spec in dict.fromkeys(meant)]
    if glued := _GLUED.match(typed):
        named = [spec for spec in visible if glued[1] == spec.name or glued[1] in spec.also.split()]
        return [Proposal(spec, words.strip()[glued.end() :]) for spec in named]
    return []


def _by_likeness(typed: str, words: str, visible: list[Spec]) -> list[Proposal]:
    """Return the command that is spelled nearly as the first word or the first two."""
    two_words = " ".join(words.split(maxsplit=2)[:2]).casefold()[:MAX_NAME_CHARACTERS]
    specs = {spec.name.split()[0]: spec for spec in reversed(visible)} | {spec.name: spec for spec in visible}
    near = get_close_matches(two_words, specs, 1, NEAR_TWO_WORDS) or get_close_matches(typed, specs, 1, NEAR_ONE_WORD)
    if not near:
        return []
    is_two_words = " " in near[0] and _likeness(two_words, near[0]) > _likeness(typed, near[0])
    return [Proposal(specs[near[0]], _behind(words, 2 if is_two_words else 1))]


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _wrong_subcommand(first: str, words: str, subcommands: list[Spec]) -> UnknownCommand:
    """Return the refusal of a first word whose second is none of its commands."""
    second = clean(spell(_behind(words, 1).split(maxsplit=1)[0]), MAX_NAME_CHARACTERS) if _behind(words, 1) else ""
    seconds = [spec.name.split()[1] for spec in subcommands]
    listed = ", ".join(seconds)
    if not second:
        proposals = [Proposal(spec, "") for spec in subcommands[:MAX_PROPOSED]]
        return UnknownCommand((Typed(f"/{first}"), f" needs one more word: {listed}."), proposals)
    meant = [spec for spec in subcommands if second.casefold() in spec.also.split()]
    near = get_close_matches(second.casefold()[:MAX_NAME_CHARACTERS], seconds, 1, NEAR_ONE_WORD)
    meant += [spec for spec in subcommands if spec.name.split()[1] in near] or subcommands[:MAX_PROPOSED]
    proposals = [Proposal(spec, _behind(words, 2)) for spec in dict.fromkeys(meant)]
    rest = f" comes one of {listed}, not {quoted(second)}."
    return UnknownCommand(("After ", Typed(f"/{first}"), rest), proposals[:MAX_PROPOSED])
