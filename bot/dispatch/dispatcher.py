"""The one door in: a request becomes one transaction and one answer.

Commit first, reply second. Whatever goes wrong, the answer is a card and nothing is half written.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.chat.command import Spec
from bot.chat.events import Event
from bot.chat.form import Choice
from bot.chat.request import Answer, Ask, Audience, CommandRequest, Reply, Request, User, Via
from bot.clock import Clock
from bot.commands import registry
from bot.context import Context, Defaults, Saving, context_for
from bot.dispatch import platform_events
from bot.dispatch.answering import RolledBack, answer_request, find_spec, may_prepare, prepare_request
from bot.dispatch.completion import complete
from bot.dispatch.drafts import fits, open_draft, reuse_draft, save_drafts, save_form, without_long_buttons
from bot.dispatch.throttle import Throttle
from bot.errors import NotSaved, Refused
from bot.failpoint import reach
from bot.store import answers, closing, people, reminders
from bot.store.database import Store
from bot.store.key_values import StoredMemory
from bot.store.sqlite import Tx
from bot.views import words
from bot.views.trouble import nobody_known, not_reached, not_saved, our_fault, too_much

log = logging.getLogger(__name__)


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
        """Return the instant, in UTC."""
        return self._clock.now()

    async def handle(self, request: Request) -> Answer:
        """Do what is asked, commit, and answer."""
        seconds = self.throttle.seconds_to_wait(request.user)
        if seconds:
            return Reply(too_much(seconds), is_wrong=True)
        try:
            answer = await self._handle(request)
            reach("answering")
            return answer
        except RolledBack as rolled_back:
            return rolled_back.answer
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
        """Return completions of an option that is being typed, at most 25; none where something is not allowed."""
        now = self.now()

        def unit(tx: Tx) -> list[Choice]:
            context = context_for(tx, request, registry.SPECS, self._defaults, now, Saving.NOTHING)
            return complete(context, request.command, option, typed) if context else []

        try:
            return await self._store.read(unit)
        except Refused:
            return []

    async def happened(self, event: Event) -> None:
        """Apply an event; one that cannot be saved is logged, for no platform could be answered."""
        now = self.now()
        try:
            await self._store.write(lambda tx: platform_events.apply_event(tx, event, now))
        except Exception:
            log.exception("event not taken in", extra={"event": type(event).__name__})
        else:
            self._committed()

    async def _handle(self, request: Request) -> Answer:
        now = self.now()
        spec = find_spec(request)
        if spec is not None and spec.is_read_only:
            answer = await self._store.read(lambda tx: self._read(tx, request, now))
            if answer is not None:
                return answer
            await self._store.write(lambda tx: closing.close_due(tx, now))
        prepared = await self._store.read(lambda tx: self._prepare(tx, request, now)) if may_prepare(request) else None
        try:
            answer = await self._store.write(lambda tx: self._write(tx, request, now, prepared))
        except RolledBack as rolled_back:
            refusal = rolled_back.answer
            is_form = isinstance(refusal, Ask) or request.via is Via.FORM
            if isinstance(request, CommandRequest) and is_form:
                return reuse_draft(request, refusal)
            return await self._store.write(lambda tx: _save_refusal(tx, request, refusal, now))
        reach("worked")
        self._committed()
        return answer

    def _read(self, tx: Tx, request: Request, now: datetime) -> Answer | None:
        """Return the answer from a snapshot; None if something has to be written.

        That is so for someone new or renamed, after a week has closed, where a person is to be told that a direct
        message was refused, and for an answer that needs drafts.
        """
        if closing.is_anyone_due(tx, now):
            return None
        context = context_for(tx, request, registry.SPECS, self._defaults, now, Saving.NOTHING)
        if context is None or context.is_renamed or reminders.is_direct_refused(tx, context.person.id):
            return None
        answer = answer_request(context)
        return answer if fits(answer) else None

    def _prepare(self, tx: Tx, request: Request, now: datetime) -> object:
        """Return what the command works out on a snapshot; None for someone new, and for a draft that is gone."""
        try:
            opened = open_draft(tx, request)
        except Refused:
            return None
        context = context_for(tx, opened, registry.SPECS, self._defaults, now, Saving.NOTHING)
        return None if context is None else prepare_request(context)

    def _write(self, tx: Tx, request: Request, now: datetime, prepared: object = None) -> Answer:
        known = answers.find(tx, request.id)
        if known is not None:
            return known
        opened = open_draft(tx, request)
        spec = find_spec(opened)
        saving = Saving.KNOWN if spec is not None and spec.is_for_known else Saving.ANYONE
        context = context_for(tx, opened, registry.SPECS, self._defaults, now, saving)
        if context is None:
            return Reply(nobody_known())
        context.prepared = prepared
        answer = _add_refused_message(context, answer_request(context))
        answer = save_drafts(tx, answer, context.person.id, now)
        if not isinstance(answer, Reply) or answer.attachment is None:
            answers.save(tx, request.id, answer, now, context.person.id)
        reach("working")
        return answer


def _add_refused_message(context: Context, answer: Answer) -> Answer:
    """Say in a private answer, if none did before, that a direct message was refused."""
    if not isinstance(answer, Reply) or answer.audience is Audience.PUBLIC or answer.in_place:
        return answer
    if not reminders.tell_refused(context.tx, context.person.id):
        return answer
    return replace(answer, card=answer.card.plus(not_reached()))


def _save_refusal(tx: Tx, request: Request, refusal: Answer, now: datetime) -> Answer:
    """Save the answer to wrong input, so that it stays refused when it comes again.

    Forms are left out: one may be sent again as it was. Where nobody is known, nothing can be saved for buttons whose
    options are too long, so these are left out.
    """
    known = answers.find(tx, request.id)
    if known is not None:
        return known
    person = people.find(tx, request.user)
    refusal = save_drafts(tx, refusal, person.id, now) if person else without_long_buttons(refusal)
    answers.save(tx, request.id, refusal, now, person.id if person else None)
    return refusal
