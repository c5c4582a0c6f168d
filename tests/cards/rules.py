"""The rules that every card obeys, as voice.md's "How a card is built" has them; pure, a rule and its evidence each."""

import re
import unicodedata
from collections.abc import Iterator

from bot.chat.button_id import pack
from bot.chat.card import (
    Actions,
    Bar,
    Button,
    Card,
    Facts,
    Line,
    LinkButton,
    Links,
    Menu,
    Note,
    Picture,
    Style,
    Table,
    Tone,
)
from bot.chat.plain import plain_text
from bot.commands.registry import SPECS
from bot.domain.duration import say, say_hours

MOST_WORDS = 60
MOST_BUTTONS = 4
MOST_COLUMNS = 5
MOST_CHOICES = 25
MOST_LABEL_CHARACTERS = 34
REPEATED_WORDS = 5
"""So many words in a row, said twice, are one thing said twice; shorter runs repeat in any language."""

DETAILS = frozenset(
    {
        "areas",
        "edit",
        "focus list",
        "group areas",
        "group members",
        "group organisers",
        "group schedule",
        "group settings",
        "guide",
        "history",
        "horizon",
        "journal",
        "leaderboard",
        *(name for name in SPECS if name.startswith(("mydata ", "page "))),
        "set group",
        "set members",
        "streak",
        "undo",
    }
)
"""Commands whose card was asked for in detail, such as a list: it may have more words."""

WITH_MORE_BUTTONS = frozenset({"home", "page me"})
"""Commands whose card is a page of its own, from which everything is reached."""

DESTROYING = frozenset({"mydata erase", "mydata takeback", "group end", "group members", "set members", "timer stop"})
"""Commands whose card may have a button of danger, since its main act destroys."""

CELEBRATING = frozenset({Tone.GOOD, Tone.PROUD})
"""Tones of cards that celebrate something, whose titles may have an emoji."""

_PLACES = re.compile(r"\b(above|below|on the (?:right|left))\b", re.IGNORECASE)
_BEGGING = re.compile(r"\b(please|sorry|invalid|forbidden|oops)\b", re.IGNORECASE)
QUOTED = re.compile(r"“[^”]*”")
"""Words that somebody typed, as our sentences quote them."""

SYNONYMS = re.compile(
    r"\b(frozen|froze|paused|failed|overdue|vacation|medals?|practise week|lost week|broken? streak"
    r"|kept (?:of you|here|in your|out)|skipped week)\b",
    re.IGNORECASE,
)
"""Words in whose place voice.md has one that is always used: saved, away, missed, late, practice week …"""

_NO_STATE = frozenset({"first", "frozen", "paused"})
"""States of the export, which nobody reads in a table."""

ABBREVIATED = re.compile(r"\d (?:h|min)\b")
_NO_EMOJI = frozenset("✓✗…·→←▰▱")


def faults(name: str, card: Card) -> Iterator[tuple[str, str]]:
    """Yield each rule that a card breaks, with what breaks it; `name` is its command or the kind of its post."""
    texts = list(_texts(card))
    words = [word for text in texts for word in text.split() if any(map(str.isalnum, word))]
    if len(words) > MOST_WORDS and name not in DETAILS:
        yield "words", f"{len(words)} words"
    yield from _button_faults(name, card)
    for block in card.blocks:
        if isinstance(block, Table) and len(block.columns) > MOST_COLUMNS:
            yield "columns", " | ".join(column.title for column in block.columns)
    if name not in DETAILS:
        sentences = tuple(block for block in card.blocks if not isinstance(block, Table))
        said = [QUOTED.sub("“”", text) for text in _texts(Card(card.title, sentences))]
        yield from (("repeats", phrase) for phrase in _repeated(said))
    if _emoji_in(card.title) and card.tone not in CELEBRATING:
        yield "emoji in the title", card.title
    for text in texts:
        ours = QUOTED.sub("“”", text)
        yield from (("place", f"“{found[0]}” in “{text}”") for found in _PLACES.finditer(ours))
        yield from (("begging", f"“{found[0]}” in “{text}”") for found in _BEGGING.finditer(ours))
        yield from (("synonym", f"“{found[0]}” in “{text}”") for found in SYNONYMS.finditer(ours))
    yield from _sign_faults(card)


def _sign_faults(card: Card) -> Iterator[tuple[str, str]]:
    """Yield the pictures and rows of signs that have no words which say the same, with units in full where heard."""
    for block in card.blocks:
        match block:
            case Picture(alt=alt) if not alt.strip() or ABBREVIATED.search(alt):
                yield "words of a picture", alt
            case Bar(value, total, text) if not _says(text, value, total):
                yield "words of a bar", f"{value} of {total}: “{text}”"
            case Table(rows=rows):
                cells = (cell for row in rows for cell in row if cell in _NO_STATE)
                yield from (("synonym", f"“{cell}” in a table") for cell in cells)
            case _:
                pass


def _says(text: str, value: int, total: int) -> bool:
    """Return True if the words of a bar say of how much it shows a part; a group's words are all of its hours."""
    first, _, rest = text.partition(" of ")
    is_goal = re.split(", |; ", rest)[0] in (say(total), say_hours(total))
    return is_goal and (first == say(value) or first.endswith(" h"))


def _button_faults(name: str, card: Card) -> Iterator[tuple[str, str]]:
    controls = [block for block in card.blocks if isinstance(block, Actions | Menu | Links)]
    shown = [button for block in controls if not isinstance(block, Menu) for button in _buttons_of(block)]
    labels = [button.label for button in shown]
    menus = [block for block in controls if isinstance(block, Menu)]
    if len(shown) + len(menus) > MOST_BUTTONS and name not in WITH_MORE_BUTTONS:
        yield "buttons", " ".join(f"[{label}]" for label in (*labels, *(menu.label for menu in menus)))
    emphasised = [button for button in shown if isinstance(button, Button) and button.style is not Style.PLAIN]
    if len(emphasised) > 1:
        yield "emphasis", " ".join(f"[{button.label}]" for button in emphasised)
    if any(button.style is Style.DANGER for button in emphasised) and name not in DESTROYING:
        yield "danger", " ".join(f"[{button.label}]" for button in emphasised)
    for label in (*labels, *(button.label for menu in menus for button in menu.buttons)):
        if len(label) > MOST_LABEL_CHARACTERS:
            yield "label", label
        if _emoji_in(label):
            yield "emoji in a label", label
    for menu in menus:
        if len(menu.buttons) > MOST_CHOICES or len({pack(b.command, b.options) for b in menu.buttons}) < len(
            menu.buttons
        ):
            yield "menu", f"{menu.label}: {len(menu.buttons)} choices"


def _buttons_of(block: Actions | Links) -> tuple[Button | LinkButton, ...]:
    return block.buttons if isinstance(block, Actions) else block.links


def _texts(card: Card) -> Iterator[str]:
    """Yield our words on a card: not those that a person wrote, nor those that stand for a picture."""
    yield card.title
    for block in card.blocks:
        match block:
            case Line(text) | Note(text):
                yield plain_text(text)
            case Facts(facts):
                yield from (f"{fact.label} {plain_text(fact.value)}" for fact in facts)
            case Bar(text=text):
                yield text
            case Table(columns, rows):
                yield " ".join(column.title for column in columns)
                yield from (" ".join(cells) for cells in rows)
            case _:
                pass


def _repeated(texts: list[str]) -> Iterator[str]:
    """Yield the runs of words that are said twice; a run longer than that is told by its beginning."""
    known: set[tuple[str, ...]] = set()
    for text in texts:
        words = [word.casefold().strip(".,:;!?·“”()") for word in text.split()]
        words = [word for word in words if word]
        runs = [tuple(words[at : at + REPEATED_WORDS]) for at in range(len(words) - REPEATED_WORDS + 1)]
        repeated: list[str] = []
        for run in runs:
            if run in known:
                repeated.append(" ".join(run))
            known.add(run)
        yield from repeated[:1]


def _emoji_in(text: str) -> bool:
    return any(unicodedata.category(letter) == "So" and letter not in _NO_EMOJI for letter in text)
