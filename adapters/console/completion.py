"""Completion of a line that is being typed: commands, options, their values, instructions, buttons."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.console.incoming import INSTRUCTIONS
from adapters.console.session import Session
from bot.chat.command import Option, Spec

_PREFIX = re.compile(r'\s*(?:[@#](?:"[^"]*"|\S+)\s+)*')
_NAMED = re.compile(r"(?<!\S)([A-Za-z]+):\s*([^:]*)$")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Words that may stand in the place of the last `replaces` characters, and a remark on them."""

    text: str
    replaces: int
    remark: str = ""


async def propose(session: Session, line: str) -> list[Proposal]:
    """Return proposals for a line up to the cursor."""
    rest = line[_prefix_end(line) :]
    if rest.startswith("/"):
        return await _propose_for_command(session, rest[1:])
    if rest.startswith(":"):
        return list(_propose_for_instruction(session, rest[1:]))
    if rest.startswith("@"):
        return list(_propose_starting(rest, [f"@{name} " for name in session.names if " " not in name]))
    return []


async def _propose_for_command(session: Session, words: str) -> list[Proposal]:
    spec = spec_of(session.core.commands, words)
    if spec is None:
        visible = [spec for spec in session.core.commands if not spec.is_button_only]
        return [Proposal(f"{spec.name} ", len(words), spec.summary) for spec in visible if spec.name.startswith(words)]
    rest = words[len(spec.name) :]
    named = _NAMED.search(rest)
    option = spec.option(named[1].casefold()) if named else None
    if option is not None and named is not None and not option.is_hidden:
        return await _propose_values(session, spec, option, named[2])
    typed = rest.rsplit(maxsplit=1)[-1] if rest and not rest[-1].isspace() else ""
    open_options = [option for option in spec.visible if f"{option.name}:" not in rest]
    names = [
        Proposal(f"{option.name}: ", len(typed), option.summary)
        for option in open_options
        if option.name.startswith(typed.casefold())
    ]
    first = next((option for option in open_options if option.choices or option.kind.is_suggested), None)
    return [*names, *(await _propose_values(session, spec, first, typed) if first else [])]


def spec_of(specs: Sequence[Spec], words: str) -> Spec | None:
    """Return the longest command that the words begin with, once a space has ended its name; None where none does."""
    begun = [spec for spec in specs if words.casefold().startswith(f"{spec.name} ") and not spec.is_button_only]
    return max(begun, key=lambda spec: len(spec.name), default=None)


async def _propose_values(session: Session, spec: Spec, option: Option[Any], typed: str) -> list[Proposal]:
    if option.choices:
        wanted = typed.casefold()
        choices = [choice for choice in option.choices if choice.value.casefold().startswith(wanted)]
    elif option.kind.is_suggested:
        choices = await session.core.suggest(session.draft_request(spec.name), option.name, typed)
    else:
        choices = []
    return [
        Proposal(choice.value, len(typed), choice.label if choice.label != choice.value else "") for choice in choices
    ]


def _propose_for_instruction(session: Session, words: str) -> Iterator[Proposal]:
    name, space, argument = words.partition(" ")
    if not space:
        yield from _propose_starting(name, [f"{known} " for known in INSTRUCTIONS])
    elif name == "press":
        yield from _propose_starting(argument, session.labels())
    elif name == "fill" and (opened := session.latest_form) is not None:
        typed = argument.rsplit(";", 1)[-1].lstrip()
        yield from _propose_starting(typed, [f"{field.name}=" for field in opened.form.fields])


def _propose_starting(typed: str, words: Sequence[str]) -> Iterator[Proposal]:
    wanted = typed.casefold()
    return (Proposal(word, len(typed)) for word in words if word.casefold().startswith(wanted))


def _prefix_end(line: str) -> int:
    prefix = _PREFIX.match(line)
    return prefix.end() if prefix else 0
