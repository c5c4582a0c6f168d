"""The card of `:help`: what the console itself understands, beside the bot's commands."""

from bot.chat.card import Card, Column, Line, Note, Table
from bot.chat.text import Code

INSTRUCTIONS = (
    ("/checkin 2h30 learned: chain rule", "give a command; / alone lists them all"),
    ("@bo /progress", "give one as another member: anyone you name"),
    ("#room /group start", "give one in another channel"),
    (":press Check in", "press a button by its label"),
    (":fill time=2h; learned=SVD", "answer the open form; :fill alone sends it unchanged"),
    (":advance 3d, :advance 90m", "let time pass, if the clock stands still"),
    (":at 2026-02-01T10:00", "go to a date and time"),
    ("# a remark", "leave a remark, which does nothing"),
    (":help, :quit", "see this; end (or Ctrl-D)"),
)

CARD = Card(
    "The console",
    (
        Line(("Type a command, beginning with ", Code("/"), ".")),
        Table((Column("type"), Column("to")), INSTRUCTIONS),
        Note(("Without a #room you speak in the channel console, and whoever speaks there is in its group.",)),
    ),
)
