"""The one door in: a request becomes a person in a group, one transaction, one answer.

Commit first, reply second. Whatever goes wrong, the answer is a card and nothing is half written.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.adapter import Ahead, Event
from bot.chat.button_id import draft_name
from bot.chat.command import Spec
from bot.chat.form import Choice
from bot.chat.parse import WrongOptions, find_command, read_options, split_words, unknown_command
from bot.chat.request import Answer, Ask, Audience, Reply, Request, User, Via
from bot.clock import Clock
from bot.commands import news, registry
from bot.commands.completion import complete
from bot.commands.drafts import Sealer, resealed, unsealed
from bot.commands.meeting import turn_for
from bot.commands.throttle import Throttle
from bot.commands.turn import Answered, Command, Defaults, Turn, WhichGroup
from bot.errors import NotSaved, Refused
from bot.failpoint import reach
from bot.store import closing, conversation, people, personal
from bot.store.database import Store
from bot.store.memory import StoredMemory
from bot.store.sqlite import Tx
from bot.views import words
from bot.views.forms import form
from bot.views.trouble import nobody_known, not_reached, not_saved, our_fault, too_much, which_group

log = logging.getLogger(__name__)


class Turned(Exception):
    """Carries a wrong-input answer out of a transaction, which is thereby rolled back."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class Dispatcher:
    """Handles requests of all adapters. It never raises for anything that a member can cause."""

    def __init__(
        self, store: Store, clock: Clock, defaults: Defaults, committed: Callable[[], None] = lambda: None
    ) -> None:
        self._committed = committed
        self._store = store
        self._clock = clock
        self._defaults = defaults
        self.commands: Sequence[Spec] = tuple(registry.SPECS.values())
        self.memory = StoredMemory(store, clock)
        self.throttle = Throttle()

    def now(self) -> datetime:
        """The instant, in UTC."""
        return self._clock.now()

    async def handle(self, request: Request, ahead: Ahead | None = None) -> Answer:
        """Do what is asked, commit, and answer; `ahead` hears of the answer before it is committed."""
        seconds = self.throttle.wait(request.user)
        if seconds:
            return Reply(too_much(seconds), is_wrong=True)
        try:
            answer = await self._handle(request, ahead)
            reach("answering")
            return answer
        except Turned as turned:
            return turned.answer
        except Refused as refused:
            return Reply(words.refusal(refused), is_wrong=True)
        except NotSaved as error:
            log.error("request not saved", extra={"request": request.id, "error": str(error)})
            return Reply(not_saved(), is_wrong=True)
        except Exception:
            log.exception("request failed", extra={"request": request.id})
            return Reply(our_fault(), is_wrong=True)

    async def draft(self, user: User, command: str, options: dict[str, str]) -> str:
        """Keep a person's options under a short name, to be sent back as a request's command."""
        now = self.now()

        def unit(tx: Tx) -> int:
            person = people.find(tx, user)
            return conversation.add_draft(tx, command, options, now, person.id if person else None)

        return draft_name(await self._store.write(unit))

    async def suggest(self, request: Request, option: str, typed: str) -> list[Choice]:
        """Completions for an option that is being typed: at most 25, and none where something is not allowed."""
        now = self.now()

        def unit(tx: Tx) -> list[Choice]:
            turn = turn_for(tx, request, registry.SPECS, self._defaults, now, may_add=False)
            return complete(turn, request.command, option, typed) if turn else []

        try:
            return await self._store.read(unit)
        except Refused:
            return []

    async def happened(self, event: Event) -> None:
        """Take in news; what cannot be saved is logged, for no platform could answer to it."""
        now = self.now()
        try:
            await self._store.write(lambda tx: news.happened(tx, event, now))
        except Exception:
            log.exception("news not taken in", extra={"news": event.news})
        else:
            self._committed()

    async def _handle(self, request: Request, ahead: Ahead | None) -> Answer:
        now = self.now()
        loop = asyncio.get_running_loop()

        def unit(tx: Tx) -> Answer:
            answer = self._write(tx, request, now)
            if ahead is not None:
                loop.call_soon_threadsafe(ahead, answer)
            return answer

        command = registry.BY_NAME.get(_named(request))
        if command is not None and command.spec.is_read_only:
            answer = await self._store.read(lambda tx: self._read(tx, request, now))
            if answer is not None:
                return answer
            await self._store.write(lambda tx: closing.close_due(tx, now))
        try:
            answer = await self._store.write(unit)
        except Turned as turned:
            if request.via is Via.FORM:
                return resealed(request, turned.answer)
            refused = turned.answer
            return await self._store.write(lambda tx: _remembered(tx, request, refused, now))
        reach("worked")
        self._committed()
        return answer

    def _read(self, tx: Tx, request: Request, now: datetime) -> Answer | None:
        """The answer from a snapshot; None for someone new, where a week has closed, or a refusal is to be told."""
        if closing.is_anyone_due(tx, now):
            return None
        turn = turn_for(tx, request, registry.SPECS, self._defaults, now, may_add=False)
        if turn is None or personal.is_direct_refused(tx, turn.person.id):
            return None
        answer = self._work(turn)
        return answer if Sealer(tx, now, turn.person.id).fits(answer) else None

    def _write(self, tx: Tx, request: Request, now: datetime) -> Answer:
        known = conversation.answered(tx, request.id)
        if known is not None:
            return known
        opened = unsealed(tx, request)
        command = registry.BY_NAME.get(_named(opened))
        may_add = command is None or not command.spec.is_for_known
        turn = turn_for(tx, opened, registry.SPECS, self._defaults, now, may_add=may_add)
        if turn is None:
            return Reply(nobody_known())
        answer = Sealer(tx, now, turn.person.id).answer(_told_of_refusal(turn, self._work(turn)))
        if not isinstance(answer, Reply) or answer.attachment is None:
            conversation.keep_answer(tx, request.id, answer, now, turn.person.id)
        reach("working")
        return answer

    def _work(self, turn: Turn) -> Answer:
        command, raw = _understood(turn)
        try:
            given = read_options(command.spec, raw, turn.reading)
            if command.spec.needs_form(raw) and turn.request.via is not Via.FORM:
                return Ask(form(command.spec, _prefilled(command, turn, raw), turn.reading))
            _require(command.spec, raw)
            return command.run(turn, given)
        except Answered as answered:
            return answered.answer
        except WhichGroup as which:
            return Reply(which_group(command.spec.name, raw, which.choices))
        except Refused as refused:
            raise Turned(_refusal(command, turn, raw, refused)) from refused


def _told_of_refusal(turn: Turn, answer: Answer) -> Answer:
    """Say with the next private answer that a direct message did not get through."""
    is_private = isinstance(answer, Reply) and answer.audience is Audience.PRIVATE and not answer.in_place
    if not is_private or not personal.tell_refused(turn.tx, turn.person.id):
        return answer
    assert isinstance(answer, Reply)
    return replace(answer, card=answer.card.plus(not_reached()))


def _remembered(tx: Tx, request: Request, refused: Answer, now: datetime) -> Answer:
    """What was refused stays refused when it comes again. A form may be sent again as it was, so it is not kept."""
    known = conversation.answered(tx, request.id)
    if known is None:
        person = people.find(tx, request.user)
        conversation.keep_answer(tx, request.id, refused, now, person.id if person else None)
    return known or refused


def _named(request: Request) -> str:
    try:
        return find_command(request.words, registry.SPECS)[0].name if request.words else request.command
    except Refused:
        return ""


def _understood(turn: Turn) -> tuple[Command, dict[str, str]]:
    request = turn.request
    if request.words:
        spec, rest = find_command(request.words, registry.SPECS)
        return registry.BY_NAME[spec.name], split_words(spec, rest, turn.reading)
    command = registry.BY_NAME.get(request.command)
    if command is None:
        raise unknown_command(request.command, request.command, registry.SPECS)
    return command, {name: text for name, text in request.options.items() if command.spec.option(name)}


def _require(spec: Spec, raw: dict[str, str]) -> None:
    missing = {option.name: Refused(f"{option.name} is missing.", option.hint) for option in spec.missing(raw)}
    if missing:
        raise WrongOptions(missing)


def _prefilled(command: Command, turn: Turn, raw: dict[str, str]) -> dict[str, str]:
    return {
        **(command.prefill(turn, raw) if command.prefill else {}),
        **{k: v for k, v in raw.items() if v.strip()},
    }


def _refusal(command: Command, turn: Turn, raw: dict[str, str], refused: Refused) -> Answer:
    """A form comes back with its errors under the fields; elsewhere the first sentence is the answer."""
    if turn.request.via is not Via.FORM:
        return Reply(words.refusal(refused), is_wrong=True)
    fields = {option.name for option in command.spec.form_fields}
    wrong = refused.wrong if isinstance(refused, WrongOptions) else {refused.about: refused}
    sentences = {name: _with_example(found) for name, found in wrong.items() if name in fields}
    if not sentences:
        return Reply(words.refusal(refused), is_wrong=True)
    return Ask(form(command.spec, raw, turn.reading, sentences))


def _with_example(refused: Refused) -> str:
    return f"{refused.sentence} For example: {refused.example}" if refused.example else refused.sentence
