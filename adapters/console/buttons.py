"""The cards that can be seen, so that a button can be pressed by its label."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from adapters.console.limits import CARDS, LABELS
from bot.chat.card import Button, Card
from bot.chat.request import Channel
from bot.domain.names import quoted
from bot.errors import Refused


@dataclass(slots=True)
class Shown:
    """A card that stands somewhere; `viewer` is the id of the only person who sees it, None where all do."""

    id: str
    card: Card
    channel: Channel
    viewer: str | None = None


class Wall:
    """All cards that stand, oldest first."""

    def __init__(self) -> None:
        self._cards: deque[Shown] = deque(maxlen=CARDS)
        self._keys: dict[str, Shown] = {}
        self._count = 0

    def add(self, card: Card, channel: Channel, viewer: str | None = None, key: str = "") -> Shown:
        """Put up a card; `key` is that of a post, by which it is found again."""
        self._count += 1
        shown = Shown(str(self._count), card, channel, viewer)
        self._cards.append(shown)
        if key:
            self._keys[key] = shown
        return shown

    def of_id(self, number: str) -> Shown | None:
        """The card of that id."""
        return next((shown for shown in reversed(self._cards) if shown.id == number), None)

    def of_key(self, key: str) -> Shown | None:
        """The post that was put up under `key`."""
        return self._keys.get(key)

    def press(self, label: str, viewer: str, room: str, *, is_room_named: bool) -> tuple[Shown, Button]:
        """The button of that label on the newest card that `viewer` sees; other rooms only where `room` has none.

        Raises `Refused` naming the labels that are there.
        """
        near = [shown for shown in reversed(self._cards) if _is_near(shown, viewer, room)]
        far = [shown for shown in reversed(self._cards) if shown.viewer is None and not is_room_named]
        for cards in (near, far):
            for fold in (str, str.casefold, _bare):
                found = next(_matching(cards, fold, label), None)
                if found is not None:
                    return found
        raise _no_button(label, _labels(near))

    def labels(self, viewer: str, room: str) -> list[str]:
        """The labels that `viewer` sees in a room, those of the newest card first."""
        return _labels(shown for shown in reversed(self._cards) if _is_near(shown, viewer, room))


def _is_near(shown: Shown, viewer: str, room: str) -> bool:
    return shown.viewer == viewer if shown.viewer is not None else shown.channel.id == room


def _matching(cards: Iterable[Shown], fold: Callable[[str], str], label: str) -> Iterator[tuple[Shown, Button]]:
    wanted = fold(label)
    return (
        (shown, button) for shown in cards for button in shown.card.buttons() if wanted and fold(button.label) == wanted
    )


def _bare(label: str) -> str:
    """Without the emoji before it, the dots behind it and the case of its letters."""
    kept = [char if char.isalnum() else " " for char in label.casefold()]
    return " ".join("".join(kept).split())


def _labels(cards: Iterable[Shown]) -> list[str]:
    return list(dict.fromkeys(button.label for shown in cards for button in shown.card.buttons()))


def _no_button(label: str, labels: list[str]) -> Refused:
    if not labels:
        return Refused(f"There is no button {quoted(label)}: no card here has any.", "/progress")
    said = ", ".join(labels[:LABELS]) + (", …" if len(labels) > LABELS else "")
    return Refused(f"There is no button {quoted(label)} here; there are {said}.", f":press {labels[0]}")
