"""The one door in: a request becomes one transaction and one answer.

Commit first, reply second. Whatever goes wrong, the answer is a card and nothing is half written.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.chat.command import OptionKind, Spec
from bot.chat.events import BotAdded, Event
from bot.chat.form import Choice
from bot.chat.request import (
    Answer,
    Ask,
    Audience,
    Channel,
    CommandRequest,
    OfferedFile,
    Reply,
    Request,
    Server,
    User,
    Via,
)
from bot.clock import Clock
from bot.commands.shared.handler import Job
from bot.context import Context, Defaults, MustWrite, Saving, context_for
from bot.dispatch import platform_events
from bot.dispatch.answering import (
    RolledBack,
    answer_request,
    find_spec,
    may_prepare,
    prepare_request,
    prepares,
    run_piece,
)
from bot.dispatch.commands import commands_by_name, specs_by_name
from bot.dispatch.completion import complete
from bot.dispatch.drafts import fits, open_draft, reuse_draft, save_drafts, save_form, without_long_buttons
from bot.dispatch.pages import StoredPages
from bot.dispatch.throttle import Throttle
from bot.dispatch.workbench import Workbench
from bot.domain.allowance import COMPLETIONS, FILES
from bot.errors import NotSaved, PerhapsSaved, Refused
from bot.failpoint import reach
from bot.store import answers, closing, groups, people, reminders
from bot.store.database import Store
from bot.store.eraser import Eraser
from bot.store.key_values import StoredMemory
from bot.store.tx import Tx
from bot.views import trouble, words

log = logging.getLogger(__name__)


PAUSE_SECONDS = 0.01
"""Between two pieces of a long request, so that whoever writes meanwhile waits for no more than one of them."""


class _Unknown(Exception):
    """Raised out of a snapshot for someone who is not known yet."""


class _Gathered(Exception):
    """Carries what was prepared out of a transaction, which is thereby rolled back."""

    def __init__(self, prepared: object) -> None:
        super().__init__("rolled back")
        self.prepared = prepared


class Dispatcher:
    """Handles requests of all adapters. It never raises for anything that a member can cause.

    `committed` is called after every commit, `noticed` with each place that something was heard from.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        defaults: Defaults,
        committed: Callable[[], None] = lambda: None,
        workbench: Workbench | None = None,
        noticed: Callable[[Channel | Server], None] = lambda _: None,
    ) -> None:
        self._committed = committed
        self._noticed = noticed
        self._store = store
        self._clock = clock
        self._defaults = defaults
        self.pages = StoredPages(store, clock, defaults.pages_url, defaults.sign_in_clients)
        self.memory = StoredMemory(store, clock)
        self.throttle = Throttle()
        self._workbench = workbench or Workbench()
        self.eraser = Eraser(store)
        self._has_erased = False
        self._post_guards: dict[str, Callable[[], bool]] = {}

    @property
    def commands(self) -> Sequence[Spec]:
        """All commands of this installation, for native menus and completion; the first call loads them."""
        return tuple(self._specs.values())

    @property
    def _specs(self) -> Mapping[str, Spec]:
        return specs_by_name(has_pages=bool(self._defaults.pages_url))

    def guard_posts(self, platform: str, may_post: Callable[[], bool]) -> None:
        """Let `may_post` decide from now on whether this process may still post to a platform."""
        self._post_guards[platform] = may_post

    def may_post(self, platform: str) -> bool:
        """Return True if this process still serves the platform, surely and for as long as a call takes."""
        guard = self._post_guards.get(platform)
        return guard is None or guard()

    def now(self) -> datetime:
        """Return the instant, in UTC."""
        return self._clock.now()

    async def handle(self, request: Request) -> Answer:
        """Do what is asked, commit, and answer."""
        seconds = self.throttle.seconds_to_wait(request.user)
        if seconds:
            return Reply(trouble.too_much(seconds), is_wrong=True)
        if not request.channel.is_direct:
            self._noticed(request.channel)
        try:
            answer = await (self._handle_file(request) if may_prepare(request) else self._handle(request))
            reach("answering")
            return answer
        except RolledBack as rolled_back:
            return rolled_back.answer
        except Refused as refused:
            return Reply(words.refusal(refused), is_wrong=True)
        except NotSaved as error:
            log.error("request not saved", extra={"request": request.id, "error": str(error)})
            return Reply(
                trouble.perhaps_saved() if isinstance(error, PerhapsSaved) else trouble.not_saved(), is_wrong=True
            )
        except Exception:
            log.exception("request failed", extra={"request": request.id})
            return Reply(trouble.our_fault(), is_wrong=True)

    async def look(self, requests: Sequence[CommandRequest]) -> Sequence[Answer]:
        """Answer what one page asks, all of the same person, on one snapshot; counted as one request."""
        seconds = self.throttle.seconds_to_wait(requests[0].user) if requests else 0
        if seconds:
            return [Reply(trouble.too_much(seconds), is_wrong=True)] * len(requests)
        now = self.now()
        try:
            answers = await self._store.read(lambda tx: self._look_at_all(tx, requests, now))
            if answers is None:
                await self._store.write(lambda tx: closing.close_due(tx, now))
                answers = await self._store.read(lambda tx: [self._look(tx, request, now) for request in requests])
        except NotSaved as error:
            log.error("page not read", extra={"error": str(error)})
            return [Reply(trouble.not_saved(), is_wrong=True)] * len(requests)
        except Exception:
            log.exception("page failed")
            return [Reply(trouble.our_fault(), is_wrong=True)] * len(requests)
        return answers

    def _look_at_all(self, tx: Tx, requests: Sequence[CommandRequest], now: datetime) -> list[Answer] | None:
        """Return the answers to the questions of a page; None if a week has to be closed first."""
        person = people.find(tx, requests[0].user) if requests else None
        if person is not None and closing.must_close_first(tx, person.id, now):
            return None
        return [self._look(tx, request, now) for request in requests]

    def _look(self, tx: Tx, request: CommandRequest, now: datetime) -> Answer:
        """Return the answer to one question of a page, for which nothing can be written: a snapshot is all it has."""
        try:
            context = context_for(tx, open_draft(tx, request), self._specs, self._defaults, now, Saving.NOTHING)
            if context is None:
                return Reply(trouble.nobody_known())
            context.is_page = True
            return answer_request(context)
        except RolledBack as rolled_back:
            return rolled_back.answer
        except Refused as refused:
            return Reply(words.refusal(refused), is_wrong=True)

    async def draft(self, user: User, command: str, options: dict[str, str]) -> str:
        """Save what a person's form holds and return the command of a button that opens it again, filled in."""
        self.throttle.seconds_to_wait(user)  # what it costs is counted; the request that led here was let in
        now = self.now()
        return await self._store.write(lambda tx: save_form(tx, user, command, options, now))

    async def suggest(self, request: CommandRequest, option: str, typed: str) -> list[Choice]:
        """Return completions of an option that is being typed, at most 25; none where something is not allowed."""
        if self.throttle.seconds_to_wait(request.user, COMPLETIONS):
            return []
        now = self.now()

        def unit(tx: Tx) -> list[Choice]:
            context = context_for(tx, request, self._specs, self._defaults, now, Saving.NOTHING)
            return complete(context, request.command, option, typed) if context else []

        try:
            return await self._store.read(unit)
        except Refused:
            return []

    async def list_group_channels(self, server: Server) -> Sequence[str]:
        """Return the ids of the channels of a server or workspace that have a group which is awake."""
        team = await self._store.read(lambda tx: groups.list_of_team(tx, server.platform, server.team))
        return [group.channel for group in team if not group.asleep]

    async def list_group_members(self, server: Server) -> Sequence[str]:
        """Return the ids by which the platform knows the members of the groups of a server or workspace."""
        return await self._store.read(lambda tx: groups.list_member_ids(tx, server.platform, server.team))

    async def happened(self, event: Event) -> None:
        """Apply an event; one that cannot be saved is logged, for no platform could be answered."""
        now = self.now()
        try:
            await self._store.write(lambda tx: platform_events.apply_event(tx, event, now))
        except Exception:
            log.exception("event not taken in", extra={"event": type(event).__name__})
            return
        self._committed()
        if isinstance(event, BotAdded):
            self._noticed(event.server)

    async def _handle_file(self, request: Request) -> Answer:
        """Handle a request that may be hard work: in its turn, with the files that it offers, apart from others."""
        try:
            opened = await self._store.read(lambda tx: open_draft(tx, request))
        except Refused:
            return await self._handle(request)
        if not prepares(opened):
            return await self._handle(request)
        async with self._workbench.place(request):
            offered = _wanted_files(opened)
            if offered:
                known = await self._store.read(lambda tx: _find_answer(tx, request))
                if known is not None:
                    return known
                seconds = self.throttle.seconds_to_wait(request.user, FILES)
                if seconds:
                    return Reply(trouble.too_many_files(seconds), is_wrong=True)
            async with self._workbench.fetched(offered) as files, self._workbench.alone():
                return await self._work(replace(request, files={**request.files, **files}))

    async def _work(self, request: Request) -> Answer:
        """Do the hard work of a request before its transaction, and the long writing in pieces; then answer it."""
        now = self.now()
        prepared = await self._prepare(request, now)
        if isinstance(prepared, Job):
            prepared = await self._workbench.do(prepared)
        pieces = 0
        try:
            while await self._store.write(lambda tx: self._write_piece(tx, request, now, prepared)):
                pieces += 1
                await asyncio.sleep(PAUSE_SECONDS)
            return await self._handle(request, prepared)
        except NotSaved as error:
            if not pieces:
                raise
            log.error("request saved in part", extra={"request": request.id, "error": str(error)})
            return Reply(trouble.partly_saved(), is_wrong=True)

    async def _prepare(self, request: Request, now: datetime) -> object:
        """Return what the command prepares; for someone new as if they were known, though nothing of them is saved."""
        try:
            return await self._store.read(lambda tx: self._gather(tx, request, now, Saving.NOTHING))
        except _Unknown:
            pass
        try:
            return await self._store.write(lambda tx: self._gather_and_forget(tx, request, now))
        except _Gathered as gathered:
            return gathered.prepared

    async def _handle(self, request: Request, prepared: object = None) -> Answer:
        now = self.now()
        spec = find_spec(request)
        if spec is not None and spec.is_read_only:
            answer = await self._store.read(lambda tx: self._read(tx, request, now))
            if answer is not None:
                return answer
            await self._store.write(lambda tx: closing.close_due(tx, now))
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
        if self._has_erased:
            self._has_erased = False
            await self.eraser.work_off()
        return answer

    def _read(self, tx: Tx, request: Request, now: datetime) -> Answer | None:
        """Return the answer from a snapshot; None if something has to be written.

        That is so for someone new or renamed, after a week of theirs has closed, where a person is to be told that a
        direct message was refused or a freeze spent, and for an answer that needs drafts.
        """
        context = context_for(tx, request, self._specs, self._defaults, now, Saving.NOTHING)
        if context is None or context.is_renamed or reminders.is_direct_refused(tx, context.person.id):
            return None
        if closing.must_close_first(tx, context.person.id, now):
            return None
        try:
            answer = answer_request(context)
        except MustWrite:
            return None
        return answer if fits(answer) else None

    def _gather(self, tx: Tx, request: Request, now: datetime, saving: Saving) -> object:
        """Return what the command prepares. Raises `_Unknown` for someone new, unless they may be saved."""
        context = context_for(tx, open_draft(tx, request), self._specs, self._defaults, now, saving)
        if context is None:
            raise _Unknown
        return prepare_request(context)

    def _gather_and_forget(self, tx: Tx, request: Request, now: datetime) -> None:
        """Raise `_Gathered`, by which the person is rolled back who was made to prepare something for."""
        raise _Gathered(self._gather(tx, request, now, Saving.ANYONE))

    def _write_piece(self, tx: Tx, request: Request, now: datetime, prepared: object) -> bool:
        if _find_answer(tx, request) is not None:
            return False
        context = context_for(tx, open_draft(tx, request), self._specs, self._defaults, now, Saving.KNOWN)
        if context is None:
            return False
        context.prepared = prepared
        return run_piece(context)

    def _write(self, tx: Tx, request: Request, now: datetime, prepared: object = None) -> Answer:
        known = _find_answer(tx, request)
        if known is not None:
            return known
        opened = open_draft(tx, request)
        spec = find_spec(opened)
        saving = Saving.KNOWN if spec is not None and spec.is_for_known else Saving.ANYONE
        context = context_for(tx, opened, self._specs, self._defaults, now, saving)
        if context is None:
            stranger = commands_by_name()[spec.name].stranger if spec is not None else None
            return stranger(tx, opened, self._defaults) if stranger is not None else Reply(trouble.nobody_known())
        context.prepared = prepared
        answer = _add_refused_message(context, answer_request(context))
        self._has_erased = self._has_erased or context.has_erased
        group = groups.find(tx, request.channel) if not fits(answer) else None
        answer = save_drafts(tx, answer, context.person.id, now, group.id if group else None)
        if not isinstance(answer, Reply) or (answer.attachment is None and not answer.is_secret):
            answers.save(tx, request.id, answer, now, None if context.has_erased else context.person.id)
        reach("working")
        return answer


def _wanted_files(opened: Request) -> dict[str, OfferedFile]:
    """Return the files that a request offers for options of its command that take one; others are not fetched."""
    spec = find_spec(opened)
    if spec is None or not isinstance(opened, CommandRequest):
        return {}
    takes = {option.name for option in spec.options if option.kind is OptionKind.FILE}
    return {name: file for name, file in opened.offered.items() if name in takes}


def _find_answer(tx: Tx, request: Request) -> Answer | None:
    """Return the answer that a request got when it first came; None if it is new. Raises `Refused` for another's."""
    return answers.find(tx, request.id, request.user)


def _add_refused_message(context: Context, answer: Answer) -> Answer:
    """Say in a private answer, if none did before, that a direct message was refused."""
    if not isinstance(answer, Reply) or answer.audience is Audience.PUBLIC or answer.in_place:
        return answer
    if not reminders.tell_refused(context.tx, context.person.id):
        return answer
    return replace(answer, card=trouble.not_reached(answer.card))


def _save_refusal(tx: Tx, request: Request, refusal: Answer, now: datetime) -> Answer:
    """Save the answer to wrong input, so that it stays refused when it comes again.

    Forms are left out: one may be sent again as it was. Where nobody is known, nothing can be saved for buttons whose
    options are too long, so these are left out.
    """
    known = _find_answer(tx, request)
    if known is not None:
        return known
    person = people.find(tx, request.user)
    refusal = save_drafts(tx, refusal, person.id, now) if person else without_long_buttons(refusal)
    answers.save(tx, request.id, refusal, now, person.id if person else None)
    return refusal
