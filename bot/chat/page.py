"""The parts of a page: what one command gathers for a place that has room for many cards at once."""

from msgspec import Struct

from bot.chat.card import Card
from bot.chat.form import Form


class Section(Struct, frozen=True):
    """A part of a page: a card, and the form that stands in it.

    `key` names what it is about (`week`, `streak`, `areas` …), so that a page knows its place. Behind ` · ` in the
    title stands what is said beside a heading.
    """

    key: str
    card: Card
    form: Form | None = None
