"""Results of many groups that are due together are those of each alone."""

from datetime import timedelta

from bot.chat.card import Card
from bot.delivery import results
from bot.domain.week import Week
from bot.store import groups
from bot.store.sqlite import Tx
from tests.delivery.town import Town

ZONES = {"console": "UTC", "tokyo": "Asia/Tokyo", "apia": "Pacific/Apia", "quiet": "UTC"}


async def lived(town: Town) -> None:
    """Two weeks of groups in several zones: streaks, a line that is shared, somebody who is in the next week."""
    talk = town.talk
    for channel, zone in ZONES.items():
        members = [f"{channel}-di", f"{channel}-ed"]
        if channel != "console":
            await talk.start_group(channel, zone=zone, members=members)
    for hours in ("1h", "10h"):
        for channel in ("console", "tokyo", "apia"):
            await talk(f"{channel}-di", f"/checkin {hours}", channel=channel)
            await talk(f"{channel}-ed", f"/checkin 10h learned: {channel}", channel=channel)
        await talk.press("tokyo-ed", "Share this with the group", channel="tokyo")
        talk.advance(weeks=1)
        await talk.command("apia-di", "in", channel="apia", plan="early")


async def test_many_groups_are_told_what_each_of_them_would_be_told(town: Town) -> None:
    await lived(town)
    now = town.clock.now()
    week = Week.of(now.date()).plus(-1)

    def both(tx: Tx) -> tuple[dict[int, Card], dict[int, Card], list[str]]:
        of = list(groups.those(tx, range(1, 5)).values())
        closes_at = results.closes_for_all(tx, of[:2], week)
        alone: dict[int, Card] = {}
        for group in of:
            own = {group.id: closes_at[group.id]} if group.id in closes_at else {}
            alone |= results.cards(tx, [group], week, now, own)
        return results.cards(tx, of, week, now, closes_at), alone, [group.zone_name for group in of]

    together, alone, zones = await town.store.read(both)
    assert together == alone
    assert zones == list(ZONES.values())
    assert len(set(map(str, together.values()))) == len(ZONES)


async def test_a_group_in_which_all_rest_is_told_nothing(town: Town) -> None:
    await lived(town)
    later = town.clock.now() + timedelta(weeks=6)

    def found(tx: Tx) -> dict[int, Card]:
        return results.cards(tx, list(groups.those(tx, range(1, 5)).values()), Week.of(later.date()), later, {})

    assert await town.store.read(found) == {}
