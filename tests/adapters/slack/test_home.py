"""Shortcuts and the App Home, with the real core behind the adapter."""

from tests.adapters.slack.conftest import ADA, Site
from tests.adapters.slack.test_journeys import journal_of
from tests.servers.slack.reading import read


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
    assert "Nothing is kept of you here." in read(real.slack.world.homes[ADA]["blocks"]).text
    await ada.slash("/tenhours mydata export")
    await real.settle()
    assert "Nothing is kept of you here." in ada.texts()[-1]


async def test_what_was_erased_does_not_come_back_by_the_home(real: Site) -> None:
    ada = real.member()
    await ada.open_home()
    await ada.slash("/checkin 2h")
    await real.settle()
    await ada.slash("/tenhours mydata erase")
    await ada.press("Erase everything")
    await real.settle()
    assert "Nothing is kept of you here." in read(real.slack.world.homes[ADA]["blocks"]).text
    await ada.slash("/tenhours mydata export")
    await real.settle()
    assert "Nothing is kept of you here." in ada.texts()[-1]


async def test_settings_are_reached_from_the_home(real: Site) -> None:
    ada = real.member(channel="none")
    await ada.slash("/checkin 2h")
    await ada.open_home()
    await real.settle()
    await ada.press("Goal")
    assert ada.view is not None
