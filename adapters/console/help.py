"""The card of `:help`: what the console itself understands, beside the bot's commands."""

from bot.chat.card import Card, Column, Line, Note, Table
from bot.chat.text import Code

INSTRUCTIONS = (
    ("/checkin 2h30 learned: chain rule", "a command of the bot; / alone lists them all"),
    ("@bo /progress", "the same as another member, who is made by being named"),
    ("#room /group start", "the same in another channel"),
    (":press Check in", "press a button by its label"),
    (":fill time=2h; learned=SVD", "answer the form that is open; :fill alone sends it as it is"),
    (":advance 3d, :advance 90m", "move a clock that stands still"),
    (":at 2026-02-01T10:00", "move it to a date and time"),
    ("# a remark", "is passed over"),
    (":help, :quit", "this; the end (or Ctrl-D)"),
)

CARD = Card(
    "The console",
    (
        Line(("Type a command, beginning with ", Code("/"), ".")),
        Table((Column("type"), Column("to")), INSTRUCTIONS),
        Note(("Everyone who speaks without a #room is in channel console and in its group.",)),
    ),
)
