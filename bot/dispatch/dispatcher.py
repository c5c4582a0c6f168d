"""The one door in: a request becomes a person in a group, one transaction, one answer.

Commit first, reply second. Whatever goes wrong, the answer is a card and nothing is half written.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.chat.command import Spec
from bot.chat.events import Event
from bot.chat.form import Choice
from bot.chat.parse import WrongOptions, find_command, read_options, split_words, unknown_command
from bot.chat.refusal import refusal_with_example
from bot.chat.request import Answer, Ask, Audience, CommandRequest, Reply, Request, TextRequest, User, Via
from bot.clock import Clock
from bot.commands import registry
from bot.commands.shared.handler import Command
from bot.context import Answered, Context, Defaults, WhichGroup, context_for
from bot.dispatch import platform_events
from bot.dispatch.completion import complete
from bot.dispatch.drafts import Sealer, resealed, save_form, unsealed
from bot.dispatch.throttle import Throttle
from bot.errors import NotSaved, Refused
from bot.failpoint import reach
from bot.store import answers, closing, people, reminders
from bot.store.database import Store
from bot.store.key_values import StoredMemory
from bot.store.sqlite import Tx
from bot.views import words
from bot.views.forms import form
from bot.views.trouble import nobody_known, not_reached, not_saved, our_fault, too_much, which_group

log = logging.getLogger(__name__)


class RolledBack(Exception):
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

    async def handle(self, request: Request) -> Answer:
        """Do what is asked, commit, and answer."""
        seconds = self.throttle.wait(request.user)
        if seconds:
            return Reply(too_much(seconds), is_wrong=True)
        try:
            answer = await self._handle(request)
            reach("answering")
            return answer
        except RolledBack as turned:
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
        """Save what a person's form holds and return the command of a button that opens it again, filled in."""
        now = self.now()
        return await self._store.write(lambda tx: save_form(tx, user, command, options, now))

    async def suggest(self, request: CommandRequest, option: str, typed: str) -> list[Choice]:
        """Completions for an option that is being typed: at most 25, and none where something is not allowed."""
        now = self.now()

        def unit(tx: Tx) -> list[Choice]:
            context = context_for(tx, request, registry.SPECS, self._defaults, now, may_add=False)
            return complete(context, request.command, option, typed) if context else []

        try:
            return await self._store.read(unit)
        except Refused:
            return []

    async def happened(self, event: Event) -> None:
        """Take in an event; what cannot be saved is logged, for no platform could answer to it."""
        now = self.now()
        try:
            await self._store.write(lambda tx: platform_events.happened(tx, event, now))
        except Exception:
            log.exception("event not taken in", extra={"event": type(event).__name__})
        else:
            self._committed()

    async def _handle(self, request: Request) -> Answer:
        now = self.now()
        command = registry.BY_NAME.get(_named(request))
        if command is not None and command.spec.is_read_only:
            answer = await self._store.read(lambda tx: self._read(tx, request, now))
            if answer is not None:
                return answer
            await self._store.write(lambda tx: closing.close_due(tx, now))
        try:
            answer = await self._store.write(lambda tx: self._write(tx, request, now))
        except RolledBack as turned:
            is_form = isinstance(turned.answer, Ask) or request.via is Via.FORM
            if isinstance(request, CommandRequest) and is_form:
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
        context = context_for(tx, request, registry.SPECS, self._defaults, now, may_add=False)
        if context is None or reminders.is_direct_refused(tx, context.person.id):
            return None
        answer = self._work(context)
        return answer if Sealer(tx, now, context.person.id).fits(answer) else None

    def _write(self, tx: Tx, request: Request, now: datetime) -> Answer:
        known = answers.find(tx, request.id)
        if known is not None:
            return known
        opened = unsealed(tx, request)
        command = registry.BY_NAME.get(_named(opened))
        may_add = command is None or not command.spec.is_for_known
        context = context_for(tx, opened, registry.SPECS, self._defaults, now, may_add=may_add)
        if context is None:
            return Reply(nobody_known())
        answer = Sealer(tx, now, context.person.id).answer(_told_of_refusal(context, self._work(context)))
        if not isinstance(answer, Reply) or answer.attachment is None:
            answers.save(tx, request.id, answer, now, context.person.id)
        reach("working")
        return answer

    def _work(self, context: Context) -> Answer:
        command, raw = _understood(context)
        try:
            given = read_options(command.spec, raw, context.reading)
            if context.request.opens_form:
                return Ask(form(command.spec, raw, context.reading))
            if command.spec.needs_form(raw) and context.request.via is not Via.FORM:
                return Ask(form(command.spec, _prefilled(command, context, raw), context.reading))
            _require(command.spec, raw)
            return command.run(context, given)
        except Answered as answered:
            return answered.answer
        except WhichGroup as which:
            return Reply(which_group(command.spec.name, raw, which.choices))
        except Refused as refused:
            raise RolledBack(_refusal(command, context, raw, refused)) from refused


def _told_of_refusal(context: Context, answer: Answer) -> Answer:
    """Say with the next private answer that a direct message did not get through."""
    is_private = isinstance(answer, Reply) and answer.audience is Audience.PRIVATE and not answer.in_place
    if not is_private or not reminders.tell_refused(context.tx, context.person.id):
        return answer
    assert isinstance(answer, Reply)
    return replace(answer, card=answer.card.plus(not_reached()))


def _remembered(tx: Tx, request: Request, refused: Answer, now: datetime) -> Answer:
    """What was refused stays refused when it comes again. A form may be sent again as it was, so it is not kept."""
    known = answers.find(tx, request.id)
    if known is None:
        person = people.find(tx, request.user)
        answers.save(tx, request.id, refused, now, person.id if person else None)
    return known or refused


def _named(request: Request) -> str:
    match request:
        case CommandRequest(command=command):
            return command
        case TextRequest(words=words):
            try:
                return find_command(words, registry.SPECS)[0].name
            except Refused:
                return ""


def _understood(context: Context) -> tuple[Command, dict[str, str]]:
    match context.request:
        case TextRequest(words=words):
            spec, rest = find_command(words, registry.SPECS)
            return registry.BY_NAME[spec.name], split_words(spec, rest, context.reading)
        case CommandRequest(command=name, options=options):
            command = registry.BY_NAME.get(name)
            if command is None:
                raise unknown_command(name, name, registry.SPECS)
            return command, {name: text for name, text in options.items() if command.spec.option(name)}


def _require(spec: Spec, raw: dict[str, str]) -> None:
    missing = {option.name: Refused(f"{option.name} is missing.", option.hint) for option in spec.missing(raw)}
    if missing:
        raise WrongOptions(missing)


def _prefilled(command: Command, context: Context, raw: dict[str, str]) -> dict[str, str]:
    return {
        **(command.prefill(context, raw) if command.prefill else {}),
        **{k: v for k, v in raw.items() if v.strip()},
    }


def _refusal(command: Command, context: Context, raw: dict[str, str], refused: Refused) -> Answer:
    """A form comes back with its errors under the fields; elsewhere the first sentence is the answer."""
    if context.request.via is not Via.FORM and not context.request.opens_form:
        return Reply(words.refusal(refused), is_wrong=True)
    fields = {option.name for option in command.spec.form_fields}
    wrong = refused.wrong if isinstance(refused, WrongOptions) else {refused.about: refused}
    sentences = {name: refusal_with_example(found) for name, found in wrong.items() if name in fields}
    if not sentences:
        return Reply(words.refusal(refused), is_wrong=True)
    return Ask(form(command.spec, raw, context.reading, sentences))
