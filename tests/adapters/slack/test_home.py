"""Shortcuts and the App Home, with the real core behind the adapter."""

from bot.clock import StillClock
from bot.delivery.sender import Sender
from bot.store.database import Store
from tests.adapters.slack.conftest import ADA, BOB, CHANNEL, Site
from tests.adapters.slack.test_journeys import journal_of
from tests.servers.slack.reading import read

PROMISE = "Study 10 hours from Monday to Sunday and log them by the end of Tuesday"


def home_of(site: Site, user: str = ADA) -> str:
    return read(site.slack.world.homes[user]["blocks"]).text


async def test_the_shortcuts_open_the_form(real: Site) -> None:
    ada = real.member()
    await ada.shortcut("check_in")
    assert ada.view is not None
    await ada.fill(time="1h")
    assert ada.view is not None
    assert "1 h of 10 h" in read(ada.view["blocks"]).text
    ada.slack.world.views[ADA].clear()
    await ada.shortcut("log_this", "the &lt;chain&gt; rule, as <@UBOB> says" + " and on" * 300)
    await ada.fill(time="45m")
    await real.settle()
    assert "45 min" in ada.texts()[-1]
    assert "the <chain> rule, as @Bob says and on" in await journal_of(ada)


async def test_the_home_shows_the_week_and_stays_fresh(real: Site) -> None:
    ada = real.member()
    await ada.slash("/checkin 2h")
    await ada.open_home()
    await real.settle()
    assert "2 h of 10 h" in read(real.slack.world.homes[ADA]["blocks"]).text
    await ada.slash("/checkin 3h")
    await real.settle()
    assert "5 h of 10 h" in read(real.slack.world.homes[ADA]["blocks"]).text


async def test_one_checks_in_from_the_home(real: Site) -> None:
    ada = real.member(channel="none")
    await ada.open_home()
    await real.settle()
    await ada.press("Check in")
    assert ada.view is not None
    await ada.fill(time="2h")
    assert ada.view is not None
    assert "Undo" in read(ada.view["blocks"]).text
    await ada.press("Undo")
    await real.settle()
    assert "Put back" in read(ada.view["blocks"]).text
    assert "Nothing logged yet this week." in read(real.slack.world.homes[ADA]["blocks"]).text


async def test_a_stranger_who_looks_stays_a_stranger(real: Site) -> None:
    ada = real.member()
    await ada.open_home()
    await real.settle()
    assert PROMISE in home_of(real)
    await ada.slash("/tenhours mydata export")
    await real.settle()
    assert "Nothing about you is saved here." in ada.texts()[-1]


async def test_what_was_erased_does_not_come_back_by_the_home(real: Site) -> None:
    ada = real.member()
    await ada.open_home()
    await ada.slash("/checkin 2h")
    await real.settle()
    await ada.slash("/tenhours mydata erase")
    await ada.press("Erase everything")
    await real.settle()
    assert PROMISE in home_of(real)
    await ada.slash("/tenhours mydata export")
    await real.settle()
    assert "Nothing about you is saved here." in ada.texts()[-1]


async def test_the_groups_of_public_channels_are_offered_by_name(real: Site) -> None:
    team = real.slack.world.workspaces["T1"]
    team.add_channel("G9", ADA)
    ada, bob = real.member(), real.member(BOB)
    for channel, name in (("C1", "Owls"), ("C2", "Larks"), ("G9", "Secret")):
        await ada.slash(f"/tenhours group start name: {name}", channel=channel)
    looked_up = len(real.slack.api.called("conversations.info"))
    await bob.open_home()
    await real.settle()
    page = read(real.slack.world.homes[BOB]["blocks"])
    assert [button["text"]["text"] for button in page.buttons].count("Join") == 2
    assert "Larks in #" in page.text
    assert "Owls in #" in page.text
    assert "Secret" not in page.text
    await bob.press("Join")
    await real.settle()
    assert bob.view is not None
    assert "Welcome to Larks." in read(bob.view["blocks"]).text
    real.slack.world.views[BOB].clear()
    assert "They begin with your first check-in." in home_of(real, BOB)
    assert len(real.slack.api.called("conversations.info")) - looked_up <= 5


async def test_a_guest_is_offered_no_group(real: Site) -> None:
    await real.member().slash("/tenhours group start name: Owls")
    eve = real.member("UEVE")
    await eve.open_home()
    await real.settle()
    assert "Owls" not in home_of(real, "UEVE")


async def test_a_channel_that_has_become_private_is_not_joined(real: Site) -> None:
    team = real.slack.world.workspaces["T1"]
    await real.member().slash("/tenhours group start name: Owls")
    bob = real.member(BOB)
    await bob.open_home()
    await real.settle()
    team.private.add(CHANNEL)
    await bob.press("Join")
    await real.settle()
    assert bob.view is not None
    assert "isn't open to everyone" in read(bob.view["blocks"]).text


async def test_a_group_is_started_from_the_home(real: Site, store: Store, clock: StillClock) -> None:
    ada = real.member(channel="none")
    await ada.open_home()
    await real.settle()
    await ada.press("Start a group")
    assert ada.view is not None
    asked = [block["block_id"] for block in ada.view["blocks"]]
    assert asked == ["channel", "name", "zone", "goal"]
    await ada.fill(channel="C2", name="Larks")
    await real.settle()
    assert ada.view is not None
    assert "Larks is open in #" in read(ada.view["blocks"]).text
    await Sender(store, clock, real.adapter).send_due()
    assert "The study group Larks is open." in read(real.slack.world.public("C2")[-1].blocks).text
    await ada.press("Join")
    await real.settle()
    assert "Welcome to Larks." in read(ada.view["blocks"]).text


async def test_a_group_is_started_only_where_the_app_may_post(real: Site) -> None:
    real.slack.world.workspaces["T1"].add_channel("C3", ADA, bot=False)
    ada = real.member(channel="none")
    await ada.open_home()
    await real.settle()
    await ada.press("Start a group")
    await ada.fill(channel="C3", name="Larks")
    assert "/invite @tenhours" in ada.errors["channel"]
    await ada.fill(name="Owls")
    assert "can't post" in ada.errors["channel"]


async def test_settings_are_reached_from_the_home(real: Site) -> None:
    ada = real.member(channel="none")
    await ada.slash("/checkin 2h")
    await ada.open_home()
    await real.settle()
    await ada.press("Goal")
    assert ada.view is not None
