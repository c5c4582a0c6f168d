"""Watches every card that the tests make, and holds it to the rules: fixtures and hooks for tests/conftest.py.

Whatever a refusal calls an example is read once more, and has to be taken.

All answers of the dispatcher and all posts that are promised pass by here, whichever test asked for them. What is known
to break a rule stands in known_faults.txt, as `name: rule`, and this list must only shrink: a new fault fails the test
that met it, and what a run of all tests no longer meets is named at its end. `CARD_FAULTS=write` writes it anew.
"""

import os
from collections.abc import Iterable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest

from bot.chat.card import Card
from bot.chat.request import Answer, CommandRequest, Reply, Request
from bot.commands.registry import SPECS
from bot.dispatch.dispatcher import Dispatcher
from bot.store import outbox
from bot.store.outbox import NewPost
from bot.store.sqlite import Tx
from tests.cards.examples import examples_in, is_taken
from tests.cards.rules import faults

KNOWN = Path(__file__).with_name("known_faults.txt")
WRITE = "CARD_FAULTS"
"""The variable that lets a run of all tests write the list anew."""

OUTPUT = "faults of cards"
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


def read_known() -> set[Fault]:
    """Return the known faults."""
    lines = (line for line in KNOWN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
    return {(name, rule) for name, _, rule in (line.partition(": ") for line in lines)}


class Watch:
    """All faults met so far, with what broke the rule first; `fresh` are those of the test that runs."""

    def __init__(self) -> None:
        self.known = read_known()
        self.met: dict[Fault, str] = {}
        self.fresh: dict[Fault, str] = {}
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
        for rule, evidence in faults(name, card):
            self.met.setdefault((name, rule), evidence)
            if (name, rule) not in self.known:
                self.fresh[(name, rule)] = evidence

    def take_fresh(self) -> dict[Fault, str]:
        """Return the unknown faults since they were last taken."""
        fresh, self.fresh, self._answered = self.fresh, {}, set()
        return fresh


def name_of(request: Request) -> str:
    """Return the command that a request is for; "a draft" of one that only its draft knows."""
    words = request.command if isinstance(request, CommandRequest) else request.words.strip().casefold()
    return next((name for name in NAMES if words == name or words.startswith(f"{name} ")), "a draft")


def _kind_of(post: NewPost) -> str:
    return post.delivery.key.partition("/")[0]


@pytest.fixture(scope="session", autouse=True)
def card_watch(request: pytest.FixtureRequest) -> Iterator[Watch]:
    """Let every answer and every post pass by."""
    watch = Watch()
    request.config.stash[WATCH] = watch
    handle, enqueue_all = Dispatcher.handle, outbox.enqueue_all

    @wraps(handle)
    async def watched_handle(self: Dispatcher, asked: Request) -> Answer:
        is_first = not watch.is_redelivered(asked)
        answer = await handle(self, asked)
        if isinstance(answer, Reply) and is_first:
            watch.look(name_of(asked), answer.card)
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
    fresh = card_watch.take_fresh()
    assert not fresh, "\n".join(f"{name}: {rule}  ({evidence})" for (name, rule), evidence in sorted(fresh.items()))


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker of pytest-xdist has met; one that crashed takes it along, and the run is not whole."""
    output = getattr(node, "workeroutput", {})
    node.config.stash[IS_LOST] = node.config.stash.get(IS_LOST, False) or OUTPUT not in output
    node.config.stash.setdefault(MET, set()).update(map(tuple, output.get(OUTPUT, [])))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand a worker's faults on; in a run of all tests, tell of known faults that nothing meets any more."""
    config = session.config
    watch = config.stash.get(WATCH, None)
    met = config.stash.setdefault(MET, set())
    met.update(watch.met if watch is not None else ())
    if hasattr(config, "workeroutput"):
        config.workeroutput[OUTPUT] = sorted(met)
    elif _is_whole(config):
        if os.environ.get(WRITE):
            _write_known(met)
        config.stash[GONE] = set() if session.testsfailed else read_known() - met


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which known faults are gone."""
    for name, rule in sorted(terminalreporter.config.stash.get(GONE, ())):
        terminalreporter.write_line(f"{KNOWN.name}: “{name}: {rule}” is met no longer, and can go")


def _write_known(met: set[Fault]) -> None:
    head = [line for line in KNOWN.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    KNOWN.write_text("\n".join([*head, *sorted(f"{name}: {rule}" for name, rule in met)]) + "\n", encoding="utf-8")


def _is_whole(config: pytest.Config) -> bool:
    """Return True if the run is of all tests, with or without the slow ones."""
    is_all = config.args == list(config.getini("testpaths")) and not config.stash.get(IS_LOST, False)
    return is_all and not config.option.keyword and config.option.markexpr in ("", "not slow")


WATCH = pytest.StashKey[Watch]()
MET = pytest.StashKey[set[Fault]]()
GONE = pytest.StashKey[set[Fault]]()
IS_LOST = pytest.StashKey[bool]()
