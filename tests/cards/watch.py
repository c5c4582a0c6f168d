"""Watches every card that the tests make, and holds it to the rules: fixtures for tests/conftest.py.

Whatever a refusal calls an example is read once more, and has to be taken.

All answers of the dispatcher and all posts that are promised pass by here, whichever test asked for them. A card that
breaks a rule fails the test that met it.
"""

from collections.abc import Iterable, Iterator
from functools import wraps

import pytest

from bot.chat.card import Card
from bot.chat.request import Answer, CommandRequest, Reply, Request
from bot.commands.registry import SPECS
from bot.dispatch.dispatcher import Dispatcher
from bot.store import outbox
from bot.store.outbox import NewPost
from bot.store.tx import Tx
from tests.cards.examples import examples_in, is_taken
from tests.cards.rules import faults

POSTS = frozenset(
    {
        "results",
        "groupcall",
        "digest",
        "line",
        "nudge",
        "lastcall",
        "freshstart",
        "remindme",
        "notice",
        "welcome",
        "notposted",
        "moved",
    }
)
"""Kinds of posts, by the first part of their keys; other keys are made up by tests."""

NAMES = sorted(SPECS, key=len, reverse=True)

Fault = tuple[str, str]
"""Name of the card and rule."""


class Watch:
    """The faults that the test which runs has met, with what broke the rule last."""

    def __init__(self) -> None:
        self.met: dict[Fault, str] = {}
        self.is_looking = True
        self._answered: set[str] = set()

    def is_redelivered(self, request: Request) -> bool:
        """Return True if the test has made this request before: its answer is the first one's, whatever it asks."""
        is_known = request.id in self._answered
        self._answered.add(request.id)
        return is_known

    def look(self, name: str, card: Card) -> None:
        """Hold a card to the rules."""
        if not self.is_looking:
            return
        self.met |= {(name, rule): evidence for rule, evidence in faults(name, card)}

    def take_met(self) -> dict[Fault, str]:
        """Return the faults since they were last taken."""
        met, self.met, self._answered = self.met, {}, set()
        return met


def name_of(request: Request) -> str:
    """Return the command that a request is for; "a draft" of one that only its draft knows."""
    words = request.command if isinstance(request, CommandRequest) else request.words.strip().casefold()
    return next((name for name in NAMES if words == name or words.startswith(f"{name} ")), "a draft")


def _kind_of(post: NewPost) -> str:
    return post.delivery.key.partition("/")[0]


@pytest.fixture(scope="session", autouse=True)
def card_watch() -> Iterator[Watch]:
    """Let every answer and every post pass by."""
    watch = Watch()
    handle, enqueue_all = Dispatcher.handle, outbox.enqueue_all

    @wraps(handle)
    async def watched_handle(self: Dispatcher, asked: Request) -> Answer:
        is_first = not watch.is_redelivered(asked)
        answer = await handle(self, asked)
        if isinstance(answer, Reply) and is_first:
            for card in (answer.card, *(section.card for section in answer.sections)):
                watch.look(name_of(asked), card)
            for example in examples_in(answer.card) if answer.is_wrong else ():
                assert await is_taken(self, asked, example), f"{example!r} is no example, it is refused itself"
        return answer

    @wraps(enqueue_all)
    def watched_enqueue(tx: Tx, posts: Iterable[NewPost]) -> int:
        promised = list(posts)
        for card, kind in {id(post.delivery.card): (post.delivery.card, _kind_of(post)) for post in promised}.values():
            if kind in POSTS:
                watch.look(f"{kind} (post)", card)
        return enqueue_all(tx, promised)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Dispatcher, "handle", watched_handle)
        patched.setattr(outbox, "enqueue_all", watched_enqueue)
        yield watch


@pytest.fixture(autouse=True)
def cards_obey_the_rules(card_watch: Watch, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that has met a card which breaks a rule, unless it is marked as one that shows stored cards."""
    card_watch.is_looking = request.node.get_closest_marker("stored_cards") is None
    yield
    met = card_watch.take_met()
    assert not met, "\n".join(f"{name}: {rule}  ({evidence})" for (name, rule), evidence in sorted(met.items()))
