"""The first minutes of a member: how much is pressed, filled in and read from *Join* to a first check-in.

It is a person on Discord who says where they live, that they want reminders, and why. Counted are each press and each
*Submit*, and the words of every answer and form as the rules of cards count them; of a list, the question alone.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.chat.card import Card, Controls
from bot.chat.form import Form
from bot.chat.plain import plain
from bot.store.database import Store
from tests.screens.story import CHANNEL, found_town, start_group
from tests.talk import Heard, Talk

SETTINGS = {"zone": "Europe/Berlin", "remind": "direct", "why": "to build models myself"}
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"


@dataclass
class Newcomer:
    """Bo, and what it cost them so far."""

    talk: Talk
    presses: int = 0
    forms: int = 0
    words: int = 0
    heard: list[Heard] = field(default_factory=list)

    async def press(self, label: str) -> None:
        self.presses += 1
        self._read(await self.talk.press("bo", label, channel=CHANNEL))

    async def submit(self, **fields: str) -> None:
        self.presses += 1
        self.forms += 1
        self._read(await self.talk.fill("bo", channel=CHANNEL, **fields))

    async def type(self, words: str) -> None:
        self._read(await self.talk("bo", words, channel=CHANNEL))

    def _read(self, heard: Heard) -> None:
        self.heard.append(heard)
        text = _words_of(heard.form) if heard.is_form else _words_on(heard.card)
        self.words += sum(any(map(str.isalnum, word)) for word in text.split())


@pytest.fixture
async def newcomer(store: Store) -> Newcomer:
    town = found_town(store, "discord")
    town.talk.zones["bo"] = None
    await start_group(town)
    return Newcomer(town.talk)


async def test_with_the_command_typed_it_takes_three_clicks_and_one_form(newcomer: Newcomer) -> None:
    await newcomer.press("Join")
    await newcomer.press("Set me up")
    await newcomer.submit(**SETTINGS)
    await newcomer.type("/checkin 2h")
    assert newcomer.heard[-1].labels[0] == "Undo"
    assert (newcomer.presses, newcomer.forms) == (3, 1)
    assert newcomer.words <= 150
    assert _row("typing `/checkin 2h`", newcomer) in PAGE.read_text(encoding="utf-8")


async def test_by_buttons_it_takes_five_clicks_and_two_forms(newcomer: Newcomer) -> None:
    await newcomer.press("Join")
    await newcomer.press("Set me up")
    await newcomer.submit(**SETTINGS)
    await newcomer.press("Check in")
    await newcomer.submit(time="2h")
    assert newcomer.heard[-1].labels[0] == "Undo"
    assert (newcomer.presses, newcomer.forms) == (5, 2)
    assert _row("by buttons alone", newcomer) in PAGE.read_text(encoding="utf-8")


def _words_of(form: Form) -> str:
    parts = [form.title, *(f"{field.label} {field.description} {field.hint}" for field in form.fields)]
    return " ".join(parts)


def _words_on(card: Card) -> str:
    return plain(Card(card.title, tuple(block for block in card.blocks if not isinstance(block, Controls))))


def _row(way: str, newcomer: Newcomer) -> str:
    return f"| {way} | {newcomer.presses} | {newcomer.forms} | {newcomer.words} |"
