"""Help, made from the same definitions as the commands themselves."""

from collections.abc import Iterable
from itertools import groupby

from bot.chat.card import Block, Card, Line, Note
from bot.chat.command import Option, Spec
from bot.chat.text import Bold, Code, Span
from bot.domain.goal import DEFAULT_GOAL
from bot.domain.names import capitalize
from bot.views.words import agreement

FIRST = ("checkin", "progress", "leaderboard", "pause")
HONEST = "Only study beside your everyday duties counts: hours at work don't."
PRIVACY = (
    "Answers are for you alone unless you show them. Whoever runs this bot can read its database; "
    "what it keeps of you is yours to take along or to erase."
)


def overview(specs: Iterable[Spec], version: str) -> Card:
    """Show the promise, the four commands to begin with, then the others under their headings."""
    shown = [spec for spec in specs if not spec.is_button_only]
    first = [spec for name in FIRST for spec in shown if spec.name == name]
    headings = list(dict.fromkeys(spec.group for spec in shown))
    others = sorted((spec for spec in shown if spec not in first), key=lambda spec: headings.index(spec.group))
    blocks: list[Block] = [Line((agreement(DEFAULT_GOAL),)), Line((HONEST,)), Line(tuple(_begin(first)))]
    for heading, commands in groupby(others, key=lambda spec: spec.group):
        blocks.append(Line(tuple(_list_commands(heading, commands))))
    more: tuple[Span, ...] = ("More of one of them: ", Code("/guide checkin"), f". Ten Hours {version}".rstrip() + ".")
    return Card("Ten Hours", (*blocks, Note((PRIVACY,)), Note(more)))


def of_command(spec: Spec) -> Card:
    """Show one command with its options and examples."""
    blocks: list[Block] = [Line((f"{capitalize(spec.summary)}.",))]
    if spec.visible:
        blocks.append(Line(tuple(_list_options(spec.visible))))
    if spec.examples:
        blocks.append(Line(("For example: ", *_join(spec.examples))))
    return Card(f"/{spec.name}", tuple(blocks))


def several(name: str, specs: list[Spec]) -> Card:
    """List the commands that begin with one word."""
    more: tuple[Span, ...] = ("More of one of them: ", Code(f"/guide {specs[0].name}"), ".")
    return Card(f"/{name}", (Line(tuple(_list_commands("Commands", specs))), Note(more)))


def _begin(specs: list[Spec]) -> list[Span]:
    spans: list[Span] = [Bold("To begin with")]
    for spec in specs:
        example = spec.examples[0] if spec.examples else f"/{spec.name}"
        spans += ["\n", Code(example), f": {spec.summary}"]
    return spans


def _list_commands(heading: str, specs: Iterable[Spec]) -> list[Span]:
    spans: list[Span] = [Bold(heading or "More")]
    for spec in specs:
        spans += ["\n", Code(f"/{spec.name}"), f": {spec.summary}"]
    return spans


def _list_options(options: tuple[Option[object], ...]) -> list[Span]:
    spans: list[Span] = [Bold("Options")]
    for option in options:
        values = " | ".join(choice.value for choice in option.choices) or option.hint
        like = f" ({values})" if values else ""
        needed = "" if option.is_required else ", if you like"
        spans += ["\n", Code(option.name), f": {option.summary}{needed}{like}"]
    return spans


def _join(examples: tuple[str, ...]) -> list[Span]:
    spans: list[Span] = []
    for example in examples:
        spans += [" · ", Code(example)] if spans else [Code(example)]
    return spans
