"""Cards, answers and deliveries as JSON and back: what the outbox, redelivered requests and the console keep."""

from msgspec import json

from bot.chat.card import Card
from bot.chat.form import Form
from bot.chat.request import Answer

_cards = json.Decoder(Card)
_answers: json.Decoder[Answer] = json.Decoder(Answer)


def encode(value: Card | Answer | Form) -> str:
    """JSON of a card, a form or an answer."""
    return json.encode(value).decode()


def decode_card(text: str) -> Card:
    """The card that `encode` wrote."""
    return _cards.decode(text)


def decode_answer(text: str) -> Answer:
    """The answer that `encode` wrote."""
    return _answers.decode(text)
