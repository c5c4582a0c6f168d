"""What members do on Discord, all the way: the real client, the real core, a real database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.request import Channel
from bot.clock import StillClock
from bot.context import Defaults
from bot.delivery.sender import Sender
from bot.dispatch.dispatcher import Dispatcher
from bot.store import drafts, groups
from bot.store.database import Store
from tests.adapters.discord.probe import DiscordProbe, local_discord, make_probe, shown
from tests.adapters.probe import ADA, BOB
from tests.servers.discord.use import EDIT, MESSAGE, MODAL, Use, buttons_of
from tests.servers.discord.world import EPHEMERAL, EVERYTHING, Message, World

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
MANAGE_CHANNELS = str(1 << 4)
MANAGE_SERVER = str(1 << 5 | 1 << 10)
SEND_MESSAGES = 1 << 11
NO_ADMINISTRATOR = str(int(EVERYTHING) & ~(1 << 3))
CHANNEL_SELECT = 8
PUBLIC_THREAD = 11


class Study:
    """Ada and Bob, and what they do; every answer is checked to be one that Discord takes."""

    def __init__(self, probe: DiscordProbe, store: Store, core: Dispatcher, clock: StillClock) -> None:
        self.probe = probe
        self.store = store
        self.core = core
        self.clock = clock
        self.sender = Sender(store, clock, probe.adapter)

    @property
    def world(self) -> World:
        return self.probe.server.world

    async def command(self, name: str, command: str, **options: str) -> Use:
        return await self.probe.server.command(self.probe.people[name], self.probe.place, command, options)

    async def direct(self, name: str, command: str, **options: str) -> Use:
        person = self.probe.people[name]
        return await self.probe.server.command(person, self.world.direct(person), command, options)

    async def press(self, name: str, message: Message | None, label: str) -> Use:
        assert message is not None
        return await self.probe.server.press(self.probe.people[name], message, label)

    async def fill(self, use: Use, **values: str) -> Use:
        return await self.probe.server.fill(use, values)

    async def group(self, *members: str) -> None:
        where = Channel("discord", str(self.probe.home.id), str(self.probe.place.id), "general")
        await self.store.write(lambda tx: groups.add(tx, where, "Night owls", "UTC", 600, NOW))
        for name in members:
            await self.command(name, "group join")

    async def rows(self, sql: str) -> list[tuple[object, ...]]:
        return await self.store.read(lambda tx: [tuple(row) for row in tx.all(sql)])

    async def minutes(self) -> list[object]:
        return [row[0] for row in await self.rows("SELECT minutes FROM checkins WHERE undone_at IS NULL ORDER BY id")]


def text(use: Use) -> str:
    assert use.message is not None
    return shown(use.message.data).text


def is_private(use: Use) -> bool:
    assert use.message is not None
    return bool(use.message.data["flags"] & EPHEMERAL)


@pytest.fixture
async def study(store: Store) -> AsyncIterator[Study]:
    clock = StillClock(NOW)
    core = Dispatcher(store, clock, Defaults(600, "UTC"))
    async with local_discord() as server:
        probe = await make_probe(server, core)
        yield Study(probe, store, core, clock)
        await probe.close()
        assert not server.broken


async def test_a_check_in_with_options(study: Study) -> None:
    use = await study.command(
        ADA, "checkin", time="2h30", area="stat", learned="central limit theorem", day="yesterday"
    )
    assert use.kind == MESSAGE
    assert is_private(use)
    assert "2 h 30 · Statistics" in text(use)
    assert await study.minutes() == [150]


async def test_a_check_in_by_form(study: Study) -> None:
    opened = await study.command(ADA, "checkin")
    assert opened.kind == MODAL
    use = await study.fill(opened, time="45m", learned="SVD")
    assert is_private(use)
    assert "45 min" in text(use)
    assert await study.minutes() == [45]


async def test_wrong_options_are_answered_in_private(study: Study) -> None:
    use = await study.command(ADA, "checkin", time="10x")
    assert is_private(use)
    assert "10x" in text(use)
    assert await study.minutes() == []


async def test_a_wrong_form_can_be_tried_again_filled_in(study: Study) -> None:
    opened = await study.command(ADA, "checkin")
    wrong = await study.fill(opened, time="25h", learned="SVD")
    assert is_private(wrong)
    assert "25" in text(wrong)
    again = await study.press(ADA, wrong.message, "Try again")
    assert again.kind == MODAL
    values = {label["component"]["custom_id"]: label["component"].get("value") for label in again.data["components"]}
    assert (values["time"], values["learned"]) == ("25h", "SVD")
    assert "25" in again.data["components"][0]["description"]
    done = await study.fill(again, time="2h")
    assert "2 h" in text(done)
    assert await study.minutes() == [120]


async def test_a_form_of_long_ago_is_not_opened_again(study: Study) -> None:
    wrong = await study.fill(await study.command(ADA, "checkin"), time="25h")
    study.clock.advance(drafts.STORED_FOR)
    await study.store.write(lambda tx: drafts.prune(tx, study.clock.now()))
    assert (await study.press(ADA, wrong.message, "Try again")).kind == MODAL
    study.clock.advance(timedelta(minutes=1))
    await study.store.write(lambda tx: drafts.prune(tx, study.clock.now()))
    again = await study.press(ADA, wrong.message, "Try again")
    assert again.kind == MESSAGE
    assert is_private(again)
    assert "too old" in text(again)


async def test_nobody_opens_another_ones_form(study: Study) -> None:
    wrong = await study.fill(await study.command(ADA, "checkin"), time="25h", learned="a secret")
    again = await study.press(BOB, wrong.message, "Try again")
    assert is_private(again)
    assert "too old" in text(again)
    assert "secret" not in text(again)


async def test_a_bare_number_is_asked_about(study: Study) -> None:
    question = await study.command(ADA, "checkin", time="20", area="stat")
    assert is_private(question)
    assert await study.minutes() == []
    done = await study.press(ADA, question.message, "20 min")
    assert done.kind == EDIT
    assert "20 min · Statistics" in text(done)
    assert await study.minutes() == [20]


async def test_undo_and_put_back(study: Study) -> None:
    logged = await study.command(ADA, "checkin", time="2h")
    undone = await study.press(ADA, logged.message, "Undo")
    assert await study.minutes() == []
    back = await study.press(ADA, undone.message, "Put back")
    assert back.kind == EDIT
    assert "Put back" in text(back)
    assert await study.minutes() == [120]


async def test_edit_opens_a_form_that_says_what_was_logged(study: Study) -> None:
    logged = await study.command(ADA, "checkin", time="2h", learned="SVD")
    opened = await study.press(ADA, logged.message, "Edit")
    assert opened.kind == MODAL
    changed = await study.fill(opened, time="3h")
    assert "It was 2 h" in text(changed)
    assert await study.minutes() == [180]


async def test_a_direct_message_counts_for_the_person(study: Study) -> None:
    use = await study.direct(ADA, "checkin", time="2h")
    assert "2 h" in text(use)
    assert await study.minutes() == [120]
    assert [message.place.person for message in study.world.messages.values()] == [study.probe.people[ADA]]


async def test_the_channel_sees_one_line(study: Study) -> None:
    await study.group(ADA)
    await study.command(ADA, "checkin", time="2h30", learned="*chain* rule @everyone")
    await study.sender.send_due()
    line = (await study.probe.public())[-1]
    assert "Ada studied 2 h 30: *chain* rule @everyone" in line.text
    assert line.pings == frozenset()
    await study.sender.send_due()
    assert sum("chain" in post.text for post in await study.probe.public()) == 1


async def test_a_leaderboard_is_shown_to_everyone_on_demand(study: Study) -> None:
    await study.group(ADA, BOB)
    await study.command(ADA, "checkin", time="10h")
    board = await study.command(ADA, "leaderboard")
    assert is_private(board)
    assert "1. Ada" in text(board)
    before = len(study.world.of(study.probe.place))
    everyone = await study.press(ADA, board.message, "Post it here")
    assert not is_private(everyone)
    assert len(study.world.of(study.probe.place)) == before + 1


async def test_pages_turn_in_place(study: Study) -> None:
    await study.group(ADA, BOB)
    for number in range(14):
        person = study.world.add_person(f"Member {number}")
        await study.probe.server.command(person, study.probe.place, "checkin", {"time": f"{number + 1}h"})
    board = await study.command(BOB, "leaderboard")
    assert board.message is not None
    before, first = len(study.world.messages), text(board)
    turned = await study.press(BOB, board.message, "More")
    assert turned.kind == EDIT
    assert text(turned) != first
    assert len(study.world.messages) == before


async def test_starting_a_group_and_joining_it(study: Study) -> None:
    study.probe.people[ADA].permissions = MANAGE_CHANNELS
    opened = await study.command(ADA, "group start")
    assert opened.kind == MODAL
    started = await study.fill(opened)
    assert not is_private(started)
    joined = await study.press(BOB, started.message, "Join")
    while joined.kind == MODAL:
        joined = await study.fill(joined)
    assert joined.message is not None
    members = await study.rows("SELECT count(*) FROM members WHERE left_at IS NULL")
    assert members == [(1,)]


async def test_a_group_is_warned_where_the_bot_may_not_post(study: Study) -> None:
    study.probe.people[ADA].permissions = MANAGE_CHANNELS
    opened = await study.command(ADA, "group start")
    started = await study.probe.server.fill(opened, {}, app_permissions=str(1 << 10))
    assert "Send Messages." in text(started)
    assert started.message is not None
    fix = next(button for button in buttons_of(started.message.data) if button["label"] == "Allow these")
    assert f"guild_id={study.probe.home.id}" in fix["url"]


async def test_a_group_is_warned_after_a_form_that_was_opened_again(study: Study) -> None:
    study.probe.people[ADA].permissions = MANAGE_CHANNELS
    wrong = await study.fill(await study.command(ADA, "group start"), goal="nonsense")
    opened = await study.press(ADA, wrong.message, "Try again")
    started = await study.probe.server.fill(opened, {"goal": "10"}, app_permissions=str(1 << 10))
    assert "Send Messages." in text(started)


async def test_a_group_in_a_thread_is_warned_of_what_a_thread_needs(study: Study) -> None:
    study.probe.people[ADA].permissions = MANAGE_CHANNELS
    study.probe.place.type = PUBLIC_THREAD
    opened = await study.command(ADA, "group start")
    started = await study.probe.server.fill(opened, {}, app_permissions=str(1 << 10))
    assert "Send Messages in Threads." in text(started)


async def test_whoever_may_not_manage_the_channel_starts_no_group(study: Study) -> None:
    refused = await study.command(BOB, "group start")
    assert is_private(refused)
    assert "manage this channel" in text(refused)


async def test_a_member_is_named_by_a_mention(study: Study) -> None:
    await study.group(ADA, BOB)
    await study.command(BOB, "checkin", time="3h")
    use = await study.command(ADA, "progress", member=study.probe.id_of(BOB))
    assert "Bob" in text(use)
    assert "3 h" in text(use)


async def test_completion_of_areas_zones_and_own_check_ins(study: Study) -> None:
    ada, place, server = study.probe.people[ADA], study.probe.place, study.probe.server
    await study.command(ADA, "checkin", time="2h", area="stat")
    areas = await server.type_option(ada, place, "checkin", "area", "stat")
    assert [choice["value"] for choice in areas] == ["Statistics"]
    zones = await server.type_option(ada, place, "timezone", "zone", "berl")
    assert "Europe/Berlin" in [choice["value"] for choice in zones]
    choices = await server.type_option(ada, place, "undo", "checkin", "")
    assert [choice["value"] for choice in choices] == ["1"]
    assert await server.type_option(ada, place, "checkin", "day", "yest")


async def test_a_redelivered_check_in_counts_once(study: Study) -> None:
    use = await study.command(ADA, "checkin", time="2h")
    await study.probe.server.send_again(use)
    await study.command(ADA, "progress")
    assert await study.minutes() == [120]


async def test_a_hundred_at_once(study: Study) -> None:
    people = [study.world.add_person(f"Member {number}") for number in range(100)]
    server, place = study.probe.server, study.probe.place
    server.answer_within = 60.0  # a busy machine is not what is tested here
    uses = [await server.command(person, place, "checkin", {"time": "1h"}, waits=False) for person in people]
    for use in uses:
        await use.settled.wait()
    assert all("1 h" in text(use) and is_private(use) for use in uses)
    assert await study.minutes() == [60] * 100


async def test_a_focus_from_its_start_to_the_groups_ears(study: Study) -> None:
    await study.group(ADA)
    opened = await study.command(ADA, "focus start")
    assert opened.kind == MODAL
    await study.fill(opened, title="Linear algebra", hours="80")
    await study.command(ADA, "checkin", time="2h")
    occupied = await study.command(ADA, "focus start", title="Statistics", hours="60", done="x" * 400)
    form = await study.press(ADA, occupied.message, "Finish it")
    assert form.kind == MODAL
    wrong = await study.fill(form, explanation="Maps become numbers.\nBases say how.", link="my notes")
    assert "can't read “my notes” as a web address" in text(wrong)
    again = await study.press(ADA, wrong.message, "Try again")
    assert again.kind == MODAL
    finished = await study.fill(again, link="example.org/svd")
    assert is_private(finished)
    assert "Bases say how." in text(finished)
    shared = await study.press(ADA, finished.message, "Tell the group")
    assert "will read it" in text(shared)
    await study.sender.send_due()
    await study.sender.send_due()
    assert any("has finished Linear algebra" in post.text for post in await study.probe.public())
    started = await study.press(ADA, finished.message, "Start the next one")
    assert "count toward Statistics" in text(started)
    late = await study.press(ADA, occupied.message, "Set it aside")
    assert "already" in text(late)


async def test_a_group_moves_to_a_channel_that_is_picked(study: Study) -> None:
    await study.group(BOB)
    await study.command(BOB, "checkin", time="2h")
    await study.sender.send_due()
    await study.command(ADA, "checkin", time="3h")
    elsewhere = study.probe.home.channels[1]
    study.probe.people[ADA].permissions = MANAGE_SERVER
    use = await study.command(ADA, "group move", channel=str(elsewhere.id))
    assert text(use) == "Night owls now meets in #elsewhere."
    assert not is_private(use)
    await study.command(BOB, "edit", checkin="#1", time="90m")
    await study.sender.send_due()
    await study.sender.send_due()
    [line, *_] = [shown(message.data).text for message in study.world.of(study.probe.place)]
    assert line == "Bob studied 1 h 30. 1 h 30 this week."
    posted = [shown(message.data).text for message in study.world.of(elsewhere)]
    assert posted[-1] == "Night owls now meets in #elsewhere."


async def test_the_form_of_a_move_lets_a_channel_be_picked(study: Study) -> None:
    await study.group()
    study.probe.people[ADA].permissions = MANAGE_SERVER
    opened = await study.command(ADA, "group move")
    assert opened.data["components"][0]["component"]["type"] == CHANNEL_SELECT
    elsewhere = study.probe.home.channels[1]
    assert text(await study.fill(opened, channel=str(elsewhere.id))) == "Night owls now meets in #elsewhere."


async def test_a_channel_in_which_the_bot_may_not_write_is_told_with_what_to_allow(study: Study) -> None:
    await study.group()
    study.probe.people[ADA].permissions = MANAGE_SERVER
    home, gateway = study.probe.home, study.probe.server.gateway
    home.everyone = NO_ADMINISTRATOR
    [role] = home.data(study.world.bot)["roles"]
    await gateway.dispatch("GUILD_ROLE_UPDATE", {"guild_id": str(home.id), "role": role})
    quiet = study.world.add_channel(home, "quiet", deny=SEND_MESSAGES)
    await gateway.dispatch("CHANNEL_CREATE", quiet.data())
    use = await study.command(ADA, "group move", channel=str(quiet.id))
    advice = "Edit Channel → Permissions → add me → allow Send Messages."
    assert text(use) == f"I can't post in #quiet yet. {advice}"
    again = await study.press(ADA, use.message, "Try again")
    assert advice in text(again)
    unseen = await study.command(ADA, "group move", channel="123")
    assert "I don't see a channel" in text(unseen)


async def test_a_channel_that_somebody_cannot_see_is_none_to_them(study: Study) -> None:
    await study.group()
    study.probe.people[ADA].permissions = str(1 << 5)
    elsewhere = str(study.probe.home.channels[1].id)
    assert "I don't see a channel" in text(await study.command(ADA, "group move", channel=elsewhere))


async def test_a_message_is_logged_from_its_menu(study: Study) -> None:
    await study.group(ADA)
    message = study.world.say(study.probe.place, {"content": "The **chain rule**, again"})
    form = await study.probe.server.log_this(study.probe.people[ADA], message)
    assert form.kind == MODAL
    await study.fill(form, time="45m")
    assert await study.rows("SELECT minutes, learned FROM checkins") == [(45, "The **chain rule**, again")]
