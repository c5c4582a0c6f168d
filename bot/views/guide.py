"""Help, made from the same definitions as the commands themselves."""

from collections.abc import Iterable

from bot.chat.card import Actions, Block, Button, Card, Line, Menu, Note
from bot.chat.command import Option, Spec
from bot.chat.text import Bold, Code, Span, Text
from bot.domain.names import capitalize
from bot.views import words

FIRST = ("checkin", "progress", "leaderboard", "pause")
HONEST = "Only study beside your everyday duties counts: hours at work don't."
PRIVACY: Text = (
    "Answers are private, but whoever runs this bot can read its database. ",
    Code("/mydata export"),
    " hands you all that is saved about you, ",
    Code("/mydata erase"),
    " deletes it.",
)


def overview(specs: Iterable[Spec], goal: int, version: str) -> Card:
    """Show the promise, the four commands to begin with, and a way to every other by its subject."""
    shown = [spec for spec in specs if not spec.is_button_only]
    first = [spec for name in FIRST for spec in shown if spec.name == name]
    subjects = dict.fromkeys(spec.group for spec in shown if spec.group)
    menu = Menu("Every command", tuple(Button(subject, "guide", {"subject": subject}) for subject in subjects))
    blocks: list[Block] = [Line((words.promise(goal),)), Line((HONEST,)), Line(tuple(_list_commands("", first)))]
    return Card(
        "How it works",
        (*blocks, Note((*PRIVACY, f" Ten Hours {version}".rstrip() + ".")), Actions((words.CHECK_IN,)), menu),
    )


def of_subject(subject: str, specs: Iterable[Spec]) -> Card:
    """Show the commands of one subject, with the way back."""
    back = Actions((Button("Back", "guide", {"back": "yes"}),))
    return Card("", (Line(tuple(_list_commands(subject, specs))), back))


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


def _list_commands(heading: str, specs: Iterable[Spec]) -> list[Span]:
    spans: list[Span] = [Bold(heading)] if heading else []
    for spec in specs:
        spans += [*(["\n"] if spans else []), Code(f"/{spec.name}"), f": {spec.summary}"]
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
