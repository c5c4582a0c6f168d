"""Cards, answers and addresses as JSON and back, for the outbox, redelivered requests and the console."""

from msgspec import Struct, json

from bot.chat.card import Card
from bot.chat.delivery import Address, ChannelAddress, UserAddress
from bot.chat.form import Form
from bot.chat.request import Answer

_cards = json.Decoder(Card)
_answers: json.Decoder[Answer] = json.Decoder(Answer)


class _StoredAddress(Struct):
    """An address as the outbox stores it: one shape for both kinds, its fields in this order."""

    platform: str
    team: str
    channel: str | None = None
    user: str | None = None
    name: str = ""


_addresses = json.Decoder(_StoredAddress)


def encode(value: Card | Answer | Form) -> str:
    """Return the JSON of a card, an answer or a form."""
    return json.encode(value).decode()


def decode_card(text: str) -> Card:
    """Return the card that `encode` wrote. Raises `msgspec.DecodeError` where it is none."""
    return _cards.decode(text)


def decode_answer(text: str) -> Answer:
    """Return the answer that `encode` wrote. Raises `msgspec.DecodeError` where it is none."""
    return _answers.decode(text)


def encode_address(address: Address) -> str:
    """Return the JSON of an address; equal addresses have equal JSON."""
    channel = address.channel if isinstance(address, ChannelAddress) else None
    user = address.user if isinstance(address, UserAddress) else None
    stored = _StoredAddress(address.platform, address.team, channel, user, address.name)
    return json.encode(stored).decode()


def decode_address(text: str) -> Address:
    """Return the address that `encode_address` wrote."""
    stored = _addresses.decode(text)
    if stored.channel is not None:
        return ChannelAddress(stored.platform, stored.team, stored.channel, stored.name)
    return UserAddress(stored.platform, stored.team, stored.user or "", stored.name)
