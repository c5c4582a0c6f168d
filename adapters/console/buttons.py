"""The cards that can be seen, so that a button can be pressed by its label."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from adapters.console.limits import CARDS, NAMED_LABELS
from bot.chat.card import Button, Card
from bot.chat.request import Channel
from bot.domain.names import quoted
from bot.errors import Refused


@dataclass(slots=True)
class ShownCard:
    """A card that stands somewhere; `viewer` is the id of the only person who sees it, None where all do."""

    id: str
    card: Card
    channel: Channel
    viewer: str | None = None


class ShownCards:
    """All cards that stand, oldest first."""

    def __init__(self) -> None:
        self._cards: deque[ShownCard] = deque(maxlen=CARDS)
        self._posts: dict[str, ShownCard] = {}
        self._count = 0

    def add(self, card: Card, channel: Channel, viewer: str | None = None, key: str = "") -> ShownCard:
        """Show a card; `key` is that of a post, by which it is found again."""
        self._count += 1
        shown = ShownCard(str(self._count), card, channel, viewer)
        self._cards.append(shown)
        if key:
            self._posts[key] = shown
        return shown

    def with_id(self, number: str) -> ShownCard | None:
        """Return the card of that id."""
        return next((shown for shown in reversed(self._cards) if shown.id == number), None)

    def with_key(self, key: str) -> ShownCard | None:
        """Return the post that was shown under `key`."""
        return self._posts.get(key)

    def find_button(self, label: str, viewer: str, room: str, *, is_room_named: bool) -> tuple[ShownCard, Button]:
        """Return the button of that label on the newest card that `viewer` sees, with its card.

        Other rooms are looked at only where `room` has none, and is not named. Raises `Refused` naming the labels that
        are there.
        """
        near = [shown for shown in reversed(self._cards) if _is_near(shown, viewer, room)]
        far = [shown for shown in reversed(self._cards) if shown.viewer is None and not is_room_named]
        for cards in (near, far):
            for fold in (str, str.casefold, _fold_to_words):
                match = next(_matching(cards, fold, label), None)
                if match is not None:
                    return match
        raise _no_button(label, _labels(near))

    def labels(self, viewer: str, room: str) -> list[str]:
        """Return the labels that `viewer` sees in a room, those of the newest card first."""
        return _labels(shown for shown in reversed(self._cards) if _is_near(shown, viewer, room))


def _is_near(shown: ShownCard, viewer: str, room: str) -> bool:
    return shown.viewer == viewer if shown.viewer is not None else shown.channel.id == room


def _matching(cards: Iterable[ShownCard], fold: Callable[[str], str], label: str) -> Iterator[tuple[ShownCard, Button]]:
    wanted = fold(label)
    return (
        (shown, button) for shown in cards for button in shown.card.buttons() if wanted and fold(button.label) == wanted
    )


def _fold_to_words(label: str) -> str:
    """Drop the emoji before a label, the dots behind it and the case of its letters."""
    chars = [char if char.isalnum() else " " for char in label.casefold()]
    return " ".join("".join(chars).split())


def _labels(cards: Iterable[ShownCard]) -> list[str]:
    return list(dict.fromkeys(button.label for shown in cards for button in shown.card.buttons()))


def _no_button(label: str, labels: list[str]) -> Refused:
    if not labels:
        return Refused(f"There's no button {quoted(label)}: no card here has one.", "/progress")
    listed = ", ".join(labels[:NAMED_LABELS]) + (", …" if len(labels) > NAMED_LABELS else "")
    return Refused(f"There's no button {quoted(label)} here. There are {listed}.", f":press {labels[0]}")
