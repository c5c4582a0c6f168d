import pytest

from adapters.console.buttons import Wall
from adapters.console.limits import CARDS
from bot.chat.card import Actions, Button, Card
from bot.chat.request import Channel
from bot.errors import Refused

HERE = Channel("console", "", "console", "console")
ROOM = Channel("console", "", "room", "room")


def card(*labels: str) -> Card:
    return Card("", (Actions(tuple(Button(label, "progress", {"of": label}) for label in labels)),))


def press(wall: Wall, label: str, viewer: str = "ada", room: str = "console", *, named: bool = False) -> Card:
    return wall.press(label, viewer, room, is_room_named=named)[0].card


def test_the_newest_card_that_has_it() -> None:
    wall = Wall()
    old, new, other = card("Join"), card("Join"), card("Leave")
    for each in (old, new, other):
        wall.add(each, HERE)
    assert press(wall, "Join") is new


def test_the_label_itself_comes_first_then_its_letters_then_its_words() -> None:
    wall = Wall()
    exact, lower, dressed = card("Another…"), card("another…"), card("🎉 Another")
    for each in (exact, lower, dressed):
        wall.add(each, HERE)
    assert press(wall, "Another…") is exact
    assert press(wall, "ANOTHER…") is lower
    assert press(wall, "another") is dressed


def test_a_label_without_letters_is_only_found_as_it_is() -> None:
    wall = Wall()
    wall.add(card("▶"), HERE)
    assert press(wall, "▶") == card("▶")
    with pytest.raises(Refused):
        press(wall, "◀")
    with pytest.raises(Refused):
        press(wall, "")


def test_private_cards_are_pressed_by_their_owner_alone() -> None:
    wall = Wall()
    wall.add(card("Undo"), HERE, "ada")
    assert press(wall, "Undo", "ada") == card("Undo")
    with pytest.raises(Refused):
        press(wall, "Undo", "bo")


def test_ones_own_room_comes_before_others() -> None:
    wall = Wall()
    here, there = card("Check in"), card("Check in", "Join")
    wall.add(here, HERE)
    wall.add(there, ROOM)
    assert press(wall, "Check in") is here
    assert press(wall, "Join") is there
    assert press(wall, "check in", room="room", named=True) is there
    wall.add(card("Only here"), HERE)
    with pytest.raises(Refused):
        press(wall, "Only here", room="room", named=True)


def test_an_error_names_the_labels_that_are_there() -> None:
    wall = Wall()
    with pytest.raises(Refused, match="no card here has any"):
        press(wall, "Join")
    wall.add(card("Check in", "Undo"), HERE)
    with pytest.raises(Refused, match="there are Check in, Undo"):
        press(wall, "Join")
    wall.add(card(*(f"Button {at}" for at in range(30))), HERE)
    with pytest.raises(Refused, match="Button 11, …"):
        press(wall, "Join")


def test_old_cards_scroll_away() -> None:
    wall = Wall()
    first = wall.add(card("Join"), HERE, key="a")
    for _ in range(CARDS):
        wall.add(card("Other"), HERE)
    assert wall.of_id(first.id) is None
    with pytest.raises(Refused):
        press(wall, "Join")
