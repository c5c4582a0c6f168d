import pytest

from adapters.console.buttons import ShownCards
from adapters.console.limits import CARDS
from bot.chat.card import Actions, Button, Card
from bot.chat.request import Channel
from bot.errors import Refused

HERE = Channel("console", "", "console", "console")
ROOM = Channel("console", "", "room", "room")


def card(*labels: str) -> Card:
    return Card("", (Actions(tuple(Button(label, "progress", {"of": label}) for label in labels)),))


def press(cards: ShownCards, label: str, viewer: str = "ada", room: str = "console", *, named: bool = False) -> Card:
    return cards.find_button(label, viewer, room, is_room_named=named)[0].card


def test_the_newest_card_that_has_it() -> None:
    cards = ShownCards()
    old, new, other = card("Join"), card("Join"), card("Leave")
    for each in (old, new, other):
        cards.add(each, HERE)
    assert press(cards, "Join") is new


def test_the_label_itself_comes_first_then_its_letters_then_its_words() -> None:
    cards = ShownCards()
    exact, lower, dressed = card("Another…"), card("another…"), card("🎉 Another")
    for each in (exact, lower, dressed):
        cards.add(each, HERE)
    assert press(cards, "Another…") is exact
    assert press(cards, "ANOTHER…") is lower
    assert press(cards, "another") is dressed


def test_a_label_without_letters_is_only_found_as_it_is() -> None:
    cards = ShownCards()
    cards.add(card("▶"), HERE)
    assert press(cards, "▶") == card("▶")
    with pytest.raises(Refused):
        press(cards, "◀")
    with pytest.raises(Refused):
        press(cards, "")


def test_private_cards_are_pressed_by_their_owner_alone() -> None:
    cards = ShownCards()
    cards.add(card("Undo"), HERE, "ada")
    assert press(cards, "Undo", "ada") == card("Undo")
    with pytest.raises(Refused):
        press(cards, "Undo", "bo")


def test_ones_own_room_comes_before_others() -> None:
    cards = ShownCards()
    here, there = card("Check in"), card("Check in", "Join")
    cards.add(here, HERE)
    cards.add(there, ROOM)
    assert press(cards, "Check in") is here
    assert press(cards, "Join") is there
    assert press(cards, "check in", room="room", named=True) is there
    cards.add(card("Only here"), HERE)
    with pytest.raises(Refused):
        press(cards, "Only here", room="room", named=True)


def test_an_error_names_the_labels_that_are_there() -> None:
    cards = ShownCards()
    with pytest.raises(Refused, match="no card here has one"):
        press(cards, "Join")
    cards.add(card("Check in", "Undo"), HERE)
    with pytest.raises(Refused, match="There are Check in, Undo"):
        press(cards, "Join")
    cards.add(card(*(f"Button {at}" for at in range(30))), HERE)
    with pytest.raises(Refused, match="Button 11, …"):
        press(cards, "Join")


def test_old_cards_scroll_away() -> None:
    cards = ShownCards()
    first = cards.add(card("Join"), HERE, key="a")
    for _ in range(CARDS):
        cards.add(card("Other"), HERE)
    assert cards.with_id(first.id) is None
    with pytest.raises(Refused):
        press(cards, "Join")
