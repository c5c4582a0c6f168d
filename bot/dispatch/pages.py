"""What the core keeps for pages: links, sessions and calendars, each verb one unit of work."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.adapter.pages import Feed, FeedPost, LinkOwner, OpenSession, PageGroup, PersonalData, SignInClient, Viewer
from bot.chat.codec import decode_answer, encode
from bot.chat.request import Answer, User
from bot.clock import Clock
from bot.domain.browsing import is_to_note, link_address
from bot.domain.group import Group
from bot.domain.reminder import ReminderKind
from bot.domain.schedule import Moment, next_occurrence
from bot.domain.scheduled import GroupSchedule
from bot.domain.streak import WeekState
from bot.store import feeds, groups, names, organisers, people, schedules, sessions, sign_in_links
from bot.store import progress as stored_progress
from bot.store.database import Store
from bot.store.sessions import Session
from bot.store.tx import Tx
from bot.views.group import NAMES

FEED_KINDS = (ReminderKind.RESULTS, ReminderKind.GROUP_CALL)
"""Posts of a group that stand in a calendar; a daily digest would fill it."""

FEED_AHEAD = timedelta(weeks=5)
"""So far ahead posts stand in a calendar, which is read again every few hours."""


class StoredPages:
    """Links, sessions and calendars of the program's database."""

    def __init__(self, store: Store, clock: Clock, url: str, sign_in_clients: Mapping[str, SignInClient]) -> None:
        self._store = store
        self._clock = clock
        self.url = url
        self.sign_in_clients = sign_in_clients

    async def make_link(self, user: User) -> str | None:
        """Return the address of a link that opens the page of an account once; None for somebody unknown."""
        now = self._clock.now()

        def unit(tx: Tx) -> str | None:
            person = people.find(tx, user)
            return None if person is None else link_address(self.url, sign_in_links.add(tx, person.id, user, now))

        return await self._store.write(unit)

    async def find_link(self, token: str) -> LinkOwner | None:
        """Return whose page a link opens, and leave it as it is."""
        now = self._clock.now()

        def unit(tx: Tx) -> LinkOwner | None:
            link = sign_in_links.find(tx, token, now)
            if link is None:
                return None
            name = names.find_name(tx, link.person_id, link.platform, link.team)
            return LinkOwner(User(link.platform, link.team, link.user, name), link.expires_at)

        return await self._store.read(unit)

    async def sign_in(self, token: str, device: str, *, is_long: bool, former: str) -> str | None:
        """Use up a link, end the `former` session of this browser ("": none), and return the token of a new one."""
        now = self._clock.now()

        def unit(tx: Tx) -> str | None:
            link = sign_in_links.take(tx, token, now)
            if link is None:
                return None
            sessions.delete(tx, former)
            return sessions.add(tx, link, device, now, is_long=is_long)

        return await self._store.write(unit)

    async def find_viewer(self, token: str) -> Viewer | None:
        """Return who is behind a session, with the groups that they are in or organise now."""
        now = self._clock.now()

        def unit(tx: Tx) -> tuple[Session, Viewer] | None:
            session = sessions.find(tx, token, now)
            return None if session is None else (session, _load_viewer(tx, session))

        known = await self._store.read(unit)
        if known is None:
            return None
        session, viewer = known
        if not is_to_note(session.seen_at, now):
            return viewer
        await self._store.write(lambda tx: sessions.note_use(tx, session.id, now, is_long=session.is_long))
        return replace(viewer, is_renewed=session.is_long)

    async def set_outcome(self, viewer: Viewer, outcome: Answer | None) -> None:
        """Save the answer that is shown with the next page; None once it was shown."""
        text = None if outcome is None else encode(outcome)
        await self._store.write(lambda tx: sessions.set_outcome(tx, viewer.session, text))

    async def sign_out(self, token: str) -> None:
        """End a session."""
        await self._store.write(lambda tx: sessions.delete(tx, token))

    async def sign_out_everywhere(self, viewer: Viewer) -> None:
        """End all sessions of a person, and their links."""

        def unit(tx: Tx) -> None:
            sessions.delete_of_person(tx, viewer.person)
            sign_in_links.delete_of_person(tx, viewer.person)

        await self._store.write(unit)

    async def end_session(self, viewer: Viewer, session: int) -> None:
        """End one session of the person; of others none."""
        await self._store.write(lambda tx: sessions.delete_one(tx, viewer.person, session))

    async def list_personal_data(self, viewer: Viewer) -> PersonalData:
        """Return where the person is signed in, and whether they have a calendar."""
        now = self._clock.now()

        def unit(tx: Tx) -> PersonalData:
            open_sessions = [
                OpenSession(session.id, session.device, session.made_at, session.seen_at, session.is_long)
                for session in sessions.list_of_person(tx, viewer.person, now)
            ]
            return PersonalData(open_sessions, feeds.find_made_at(tx, viewer.person))

        return await self._store.read(unit)

    async def renew_feed(self, viewer: Viewer) -> str:
        """Return the token of the person's calendar, which is from now on the only one."""
        now = self._clock.now()
        return await self._store.write(lambda tx: feeds.renew(tx, viewer.person, now))

    async def end_feed(self, viewer: Viewer) -> None:
        """Let nobody see the person's calendar any more."""
        await self._store.write(lambda tx: feeds.delete(tx, viewer.person))

    async def find_feed(self, token: str) -> Feed | None:
        """Return what the calendar of a token shows."""
        now = self._clock.now()

        def unit(tx: Tx) -> Feed | None:
            person_id = feeds.find_person(tx, token)
            return None if person_id is None else _load_feed(tx, person_id, now)

        return await self._store.read(unit)


def _load_viewer(tx: Tx, session: Session) -> Viewer:
    name = names.find_name(tx, session.person_id, session.platform, session.team)
    organised = {group.id: group for group in organisers.list_organised(tx, session.person_id)}
    own = {group.id: group for group, _ in groups.list_of_person(tx, session.person_id)}
    shown = tuple(
        PageGroup(group.id, group.name, is_member=group.id in own, is_organised=group.id in organised)
        for group in (own | organised).values()
    )
    outcome = None if session.outcome is None else decode_answer(session.outcome)
    user = User(session.platform, session.team, session.user, name)
    zone = people.get(tx, session.person_id).zone_name
    return Viewer(user, session.person_id, session.id, shown, outcome, session.is_long, zone=zone)


def _load_feed(tx: Tx, person_id: int, now: datetime) -> Feed:
    """Return kept weeks of all years, and what the person's groups post in the weeks to come."""
    history = stored_progress.judge_history(tx, person_id, now)
    kept = [judged.week.monday for judged in history if judged.state is WeekState.KEPT]
    posts = [
        post
        for group, _ in groups.list_of_person(tx, person_id)
        if group.asleep is None
        for schedule in schedules.list_of_group(tx, group.id)
        if schedule.is_on and schedule.kind in FEED_KINDS
        for post in _list_posts(schedule, group, now)
    ]
    return Feed(kept, sorted(posts, key=lambda post: (post.at, post.key)))


def _list_posts(schedule: GroupSchedule, group: Group, now: datetime) -> Iterator[FeedPost]:
    """Yield the coming occurrences of one of a group's posts."""
    moment, at, done = Moment.of_key(schedule.moment), now, schedule.done_day
    while True:
        occurrence = next_occurrence(moment, group.zone, at, done)
        if occurrence.due_at > now + FEED_AHEAD:
            return
        yield FeedPost(
            f"{schedule.kind}-{group.id}-{occurrence.day}",
            f"{group.name}: {NAMES[schedule.kind].lower()}",
            occurrence.due_at,
        )
        at, done = occurrence.due_at, occurrence.day
