"""The newest notes of a group, for its organisers, and what became of one that was taken off."""

from collections.abc import Sequence
from datetime import date

from bot.chat.card import Actions, Block, Button, Card, Controls, Line, Menu, Tone
from bot.chat.text import Bold
from bot.domain.day import say_day
from bot.domain.group import Group
from bot.domain.group_note import GroupNote
from bot.domain.names import cut

MAX_NOTE_CHARACTERS = 80
MAX_LABEL_CHARACTERS = 34


def notes(
    group: Group, newest: Sequence[GroupNote], changed: GroupNote | None, today: date, here: dict[str, str]
) -> Card:
    """Show what members wrote, each to be taken off; `changed` is the one that just was, or is shown again."""
    blocks: list[Block] = [] if changed is None else [Line((_say_changed(changed),))]
    blocks += [
        Line((Bold(note.name), f" · {say_day(note.day, today)}: {_one_line(note, MAX_NOTE_CHARACTERS)}"))
        for note in newest
    ]
    if not newest:
        blocks.append(Line(("Nobody has written a note here in the last two weeks.",)))
    return Card(f"Notes in {group.name}", (*blocks, *_controls(newest, changed, here)), Tone.NEUTRAL)


def _say_changed(note: GroupNote) -> str:
    if note.is_off:
        return f"Taken off. {note.name} keeps the note in their journal; lines too old to change stay as they are."
    return f"{note.name}'s note is shown again."


def _controls(newest: Sequence[GroupNote], changed: GroupNote | None, here: dict[str, str]) -> list[Controls]:
    controls: list[Controls] = []
    if newest:
        buttons = (
            Button(
                cut(f"{note.name}: {_one_line(note, MAX_LABEL_CHARACTERS)}", MAX_LABEL_CHARACTERS),
                "group notes",
                {"off": str(note.checkin_id), **here},
            )
            for note in newest
        )
        controls.append(Menu("Take a note off", tuple(buttons)))
    if changed is not None and changed.is_off:
        controls.append(Actions((Button("Put it back", "group notes", {"back": str(changed.checkin_id), **here}),)))
    return controls


def _one_line(note: GroupNote, limit: int) -> str:
    return cut(" ".join(note.learned.split()), limit)
