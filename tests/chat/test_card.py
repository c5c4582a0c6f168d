"""Cards: what they hold in which order, and that they do not change."""

from bot.chat.card import Actions, Button, Card, Line, Menu, Note, Tone

JOIN = Button("Join", "group join")
AWAY = Button("I'm away", "pause")


def test_buttons_are_found_from_top_to_bottom() -> None:
    card = Card("", (Actions((JOIN, AWAY)), Line(("and",)), Actions((AWAY,))))
    assert list(card.buttons()) == [JOIN, AWAY, AWAY]
    assert list(Card("", (Menu("What next", (JOIN, AWAY)), Actions((AWAY,)))).buttons()) == [JOIN, AWAY, AWAY]
    assert list(Card("none").buttons()) == []


def test_a_card_with_more_below_is_another_card() -> None:
    card = Card("Done", (Line(("one",)),), Tone.PROUD, is_framed=True, notice="done")
    more = card.plus(Note(("two",)), Actions((JOIN,)))
    assert more == Card("Done", (Line(("one",)), Note(("two",)), Actions((JOIN,))), Tone.PROUD, True, "done")
    assert card == Card("Done", (Line(("one",)),), Tone.PROUD, is_framed=True, notice="done")


def test_more_can_stand_above_all_that_can_be_pressed() -> None:
    card = Card("Done", (Line(("one",)), Actions((JOIN,)), Menu("Period", (AWAY,))), notice="done")
    more = card.above_controls(Note(("two",)), Actions((AWAY,)))
    assert more.blocks == (Line(("one",)), Note(("two",)), *card.blocks[1:], Actions((AWAY,)))
    assert more.notice == "done"
