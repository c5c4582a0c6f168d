"""`streak` as a conversation: it explains itself."""

from syrupy.assertion import SnapshotAssertion

from tests.talk import Talk


async def keep(talk: Talk, weeks: int) -> None:
    for _ in range(weeks):
        await talk("ada", "/checkin 10h")
        talk.advance(weeks=1)


async def test_the_card(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await keep(talk, 2)
    await talk("ada", "/pause until: 2026-01-25")
    talk.advance(weeks=2)
    await keep(talk, 2)
    heard = await talk("ada", "/streak")
    assert str(heard) == snapshot
    assert not heard.is_public


async def test_before_the_first_check_in(talk: Talk) -> None:
    assert "Your weeks begin with your first check-in" in await talk("ada", "/streak")


async def test_before_the_first_kept_week(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    assert "The first week that you keep begins it." in await talk("ada", "/streak")


async def test_what_set_it_to_zero(talk: Talk) -> None:
    await keep(talk, 1)
    talk.at("2026-02-04T09:00")
    heard = await talk("ada", "/streak")
    assert "The week of 19–25 Jan was missed: 0 min of 10 h" in heard
    assert "Streak: no streak yet" in heard
    assert "Longest: 1 week" in heard
    assert "saved by a freeze" in heard
    assert "none in hand, the next at a streak of 4 weeks" in heard


async def test_how_the_next_freeze_is_earned(talk: Talk) -> None:
    await keep(talk, 3)
    assert "1 in hand, the next at a streak of 4 weeks" in await talk("ada", "/streak")
    await keep(talk, 1)
    assert "2 in hand, which is the most" in await talk("ada", "/streak")
    talk.advance(weeks=2)
    assert "1 in hand, the next at a streak of 8 weeks" in await talk("ada", "/streak")


async def test_a_comeback_is_marked(talk: Talk) -> None:
    await talk("ada", "/checkin 1h")
    talk.advance(weeks=3)
    await talk("ada", "/checkin 10h")
    assert "kept ↩" in await talk("ada", "/streak")


async def test_older_weeks_are_behind_a_button(talk: Talk) -> None:
    await keep(talk, 13)
    heard = await talk("ada", "/streak")
    assert "5–11 Jan" not in heard.split("Freezes")[1]
    assert heard.labels == ["Older", "Show everyone"]
    older = await talk.press("ada", "Older")
    assert older.is_in_place
    assert "5–11 Jan" in older.split("Freezes")[1]
    assert older.labels == ["Newer", "Show everyone"]


async def test_shown_to_everyone(talk: Talk) -> None:
    await keep(talk, 14)
    await talk("ada", "/streak")
    heard = await talk.press("ada", "Show everyone")
    assert heard.is_public
    assert heard.card.title == "Ada's streak"
    assert heard.labels == []


async def test_hidden_members_cannot_show_it(talk: Talk) -> None:
    await keep(talk, 1)
    await talk.store.write(lambda tx: tx.run("UPDATE members SET is_hidden = TRUE"))
    assert (await talk("ada", "/streak")).labels == []
    assert not (await talk.command("ada", "streak", everyone="yes")).is_public


async def test_nonsense_from_a_button_is_the_first_page(talk: Talk) -> None:
    await keep(talk, 1)
    assert await talk.command("ada", "streak", page="²") == await talk("ada", "/streak")
