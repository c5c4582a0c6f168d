"""`areas` as a conversation: hours, share, weeks since each was touched, and the one that waits."""

from datetime import date

from syrupy.assertion import SnapshotAssertion

from bot.chat.card import Picture, Table
from bot.chat.chart import AreaBars, AreaRow
from bot.chat.plain import plain_text
from bot.domain.timesheet.outcome import NewSession
from bot.store import imports
from bot.store.database import Store
from bot.store.tx import Tx
from tests.talk import Heard, Talk


def rows(heard: Heard) -> dict[str, tuple[str, ...]]:
    [table] = [block for block in heard.card.blocks if isinstance(block, Table)]
    return {row[0]: row[1:] for row in table.rows}


async def test_before_anything_was_logged(talk: Talk) -> None:
    heard = await talk("ada", "/areas")
    assert "Your hours by area will stand here." in heard
    assert "Name one when you check in: /checkin 45m Mathematics." in heard
    await talk("ada", "/checkin 45m")
    assert "Your hours by area will stand here." in await talk("ada", "/areas")


async def test_hours_share_and_weeks_since(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await talk("ada", "/checkin 2h30 mathematics")
    await talk("ada", "/checkin 4h statistics")
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=3)
    await talk("ada", "/checkin 1m devops day: 8 days ago")
    await talk("ada", "/checkin 1h mathematics")
    heard = await talk("ada", "/areas")
    assert str(heard) == snapshot
    assert not heard.is_public
    [picture] = [block for block in heard.card.blocks if isinstance(block, Picture)]
    assert isinstance(picture.chart, AreaBars)
    assert picture.chart.rows[:3] == (
        AreaRow("Statistics", 240, 3),
        AreaRow("Mathematics", 210, 0),
        AreaRow("DevOps", 1, 2),
    )


async def test_what_was_undone_or_moved_does_not_touch_an_area(talk: Talk) -> None:
    await talk("ada", "/checkin 1h statistics")
    await talk("ada", "/checkin 2h devops")
    talk.advance(weeks=5)
    await talk("ada", "/checkin 1h30 statistics")
    await talk("ada", "/checkin 30m mathematics")
    assert rows(await talk("ada", "/areas"))["Statistics"] == ("2 h 30", "50 %", "this week")
    await talk("ada", "/undo #3")
    assert rows(await talk("ada", "/areas"))["Statistics"] == ("1 h", "29 %", "5 weeks ago")
    await talk("ada", "/edit #4 area: statistics")
    assert rows(await talk("ada", "/areas"))["Statistics"][2] == "this week"
    assert "Nothing yet: Mathematics, " in await talk("ada", "/areas")


async def test_the_one_that_waits_is_named(talk: Talk) -> None:
    await talk("ada", "/checkin 1h statistics")
    talk.advance(weeks=1)
    await talk("ada", "/checkin 1h devops")
    assert "waited" not in await talk("ada", "/areas")
    talk.advance(weeks=2)
    assert "Statistics has waited for 3 weeks; half an hour would bring it back." in await talk("ada", "/areas")
    talk.advance(weeks=1)
    assert "Statistics has waited for 4 weeks" in await talk("ada", "/areas")
    assert "waited" not in await talk("ada", "/progress"), "one thing at a time leaves others alone"
    await talk("ada", "/checkin 1h statistics")
    assert "DevOps has waited for 3 weeks" in await talk("ada", "/areas")


async def test_where_none_waits_one_that_was_never_touched_is_named(talk: Talk) -> None:
    for _ in range(5):
        for minutes, area in enumerate(("mathematics", "statistics", "machine", "software", "devops"), 10):
            await talk("ada", f"/checkin {minutes}m {area}")
        talk.advance(weeks=1)
    expected = "Cloud Systems is still untouched after 5 weeks; half an hour would be a start."
    assert expected in await talk("ada", "/areas")


async def test_renamed_its_hours_stand_under_the_new_name(talk: Talk) -> None:
    talk.managers = {"ada"}
    await talk("ada", "/checkin 1h statistics")
    await talk("ada", "/group areas rename: Statistics to: Probability")
    await talk("ada", "/checkin 2h probability")
    for words in ("/areas", "/progress"):
        heard = await talk("ada", words)
        assert "Probability" in heard
        assert "Statistics" not in heard
    assert rows(await talk("ada", "/areas"))["Probability"] == ("3 h", "100 %", "this week")
    await talk("ada", "/group areas rename: Probability to: Chance")
    assert rows(await talk("ada", "/areas"))["Chance"][0] == "3 h"
    assert rows(await talk("ada", "/areas", channel=None))["Chance"][0] == "3 h"
    assert await talk.rows("SELECT DISTINCT area FROM checkins ORDER BY area") == [("Probability",), ("Statistics",)]


async def test_a_name_that_comes_back_takes_its_own_hours_back(talk: Talk) -> None:
    talk.managers = {"ada"}
    await talk("ada", "/checkin 1h statistics")
    await talk("ada", "/group areas rename: Statistics to: Probability")
    await talk("ada", "/checkin 2h probability")
    await talk("ada", "/group areas add: statistics")
    hours = rows(await talk("ada", "/areas"))
    assert (hours["Statistics"][0], hours["Probability"][0]) == ("1 h", "2 h")
    await talk("ada", "/group areas rename: Probability to: Chance")
    await talk("ada", "/group areas rename: Statistics to: Probability")
    hours = rows(await talk("ada", "/areas"))
    assert (hours["Probability"][0], "Chance" in hours) == ("3 h", False)


async def test_retired_it_keeps_its_hours_and_is_not_called_neglected(talk: Talk) -> None:
    talk.managers = {"ada"}
    await talk("ada", "/checkin 3h statistics")
    talk.advance(weeks=6)
    await talk("ada", "/checkin 1h devops")
    await talk("ada", "/group areas remove: statistics")
    heard = await talk("ada", "/areas")
    assert rows(heard)["Statistics"] == ("3 h", "75 %", "6 weeks ago")
    assert "Statistics has waited" not in heard


async def test_two_groups_each_with_their_own_names(talk: Talk) -> None:
    talk.managers = {"ada"}
    await talk.start_group("other", members=["ada"])
    await talk("ada", "/checkin 1h statistics")
    await talk("ada", "/group areas rename: Statistics to: Probability", channel="other")
    assert "Statistics" in rows(await talk("ada", "/areas"))
    assert rows(await talk("ada", "/areas", channel="other"))["Probability"][0] == "1 h"
    hours = rows(await talk("ada", "/areas", channel=None))
    assert (hours["Statistics"][0], "Probability" in hours) == ("1 h", False)


async def test_it_is_for_its_reader_alone(talk: Talk) -> None:
    await talk("ada", "/checkin 1h statistics")
    heard = await talk.command("ada", "areas", everyone="yes")
    assert not heard.is_public
    assert heard.labels == ["Check in"]


async def test_who_has_never_been_here_is_met_kindly(talk: Talk) -> None:
    assert "will stand here" in await talk("zoe", "/areas", channel=None)


async def test_twenty_five_areas_with_long_names(talk: Talk) -> None:
    talk.managers = {"ada"}
    for number in range(19):
        await talk("ada", f"/group areas add: {number:02} {'x' * 77}")
    await talk("ada", f"/checkin 1h area: 07 {'x' * 77}")
    heard = await talk("ada", "/areas")
    assert len(rows(heard)) == 1
    assert max(len(name) for name in rows(heard)) == 32
    untouched = next(line for line in heard.splitlines() if line.startswith("Nothing yet: "))
    assert len(untouched.split(", ")) == 24
    [picture] = [block for block in heard.card.blocks if isinstance(block, Picture)]
    assert isinstance(picture.chart, AreaBars)
    assert picture.chart.rows[0].name == f"07 {'x' * 77}"


async def test_hundreds_of_areas_become_a_few_rows(talk: Talk, store: Store) -> None:
    await talk("ada", "/checkin 1h statistics")
    person = await talk.person("ada")
    many = [{"id": person.id, "area": f"Project {n}", "minutes": n} for n in range(1, 301)]
    sql = "INSERT INTO area_totals (person_id, area, minutes) VALUES (:id, :area, :minutes)"
    await store.write(lambda tx: tx.many(sql, many))
    hours = rows(await talk("ada", "/areas"))
    assert len(hours) == 30
    assert hours["277 others"][1] == "82 %"


async def test_an_area_that_goes_while_a_form_is_open_loses_nothing(talk: Talk) -> None:
    talk.managers = {"ada"}
    await talk.command("bo", "checkin")
    await talk("ada", "/group areas remove: devops")
    again = await talk.fill("bo", time="2h", area="DevOps", learned="pods are mortal")
    assert again.is_form
    fields = {field.name: field for field in again.form.fields}
    assert "There is no area “DevOps” here; there are Mathematics" in plain_text(fields["area"].error)
    assert (fields["time"].value, fields["learned"].value) == ("2h", "pods are mortal")
    assert "DevOps" not in [choice.value for choice in fields["area"].choices]
    assert "2 h · Statistics" in await talk.fill("bo", area="Statistics")
    assert await talk.rows("SELECT learned FROM checkins") == [("pods are mortal",)]


async def test_imported_time_counts_as_hours_and_for_no_focus(talk: Talk, store: Store) -> None:
    await talk("ada", "/focus start Algebra")
    await talk("ada", "/checkin 1h devops")
    person = await talk.person("ada")
    day, now = date(2025, 12, 1), talk.clock.now()
    session = NewSession(1, day, 180, [(day, 180)], "", "Statistics", None, "key", "")

    def bring(tx: Tx) -> None:
        imports.add(tx, person.id, imports.begin_run(tx, person.id, "a.csv", "table", 0, now), [session], now)

    await store.write(bring)
    hours = rows(await talk("ada", "/areas"))
    assert hours["Statistics"] == ("3 h", "75 %", "5 weeks ago")
    assert "Statistics has waited for 5 weeks" in await talk("ada", "/areas")
    assert await talk.rows("SELECT minutes FROM focuses") == [(60,)]
