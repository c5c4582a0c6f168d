"""Cards: what they hold in which order, and that they do not change."""

from bot.chat.card import Actions, Button, Card, Line, Note, Tone

JOIN = Button("Join", "group join")
AWAY = Button("I'm away", "pause")


def test_buttons_are_found_from_top_to_bottom() -> None:
    card = Card("", (Actions((JOIN, AWAY)), Line(("and",)), Actions((AWAY,))))
    assert list(card.buttons()) == [JOIN, AWAY, AWAY]
    assert list(Card("none").buttons()) == []


def test_a_card_with_more_below_is_another_card() -> None:
    card = Card("Done", (Line(("one",)),), Tone.PROUD)
    more = card.plus(Note(("two",)), Actions((JOIN,)))
    assert more == Card("Done", (Line(("one",)), Note(("two",)), Actions((JOIN,))), Tone.PROUD)
    assert card == Card("Done", (Line(("one",)),), Tone.PROUD)
