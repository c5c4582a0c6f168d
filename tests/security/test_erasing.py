"""An erase takes one person, under every name that they had here, and nothing of anybody else's."""

import json

import pytest

from bot.chat.codec import encode
from bot.chat.request import Reply, Via
from bot.store import drafts, key_values, names
from bot.store.tx import Tx
from tests.commands.test_share import enqueue_results
from tests.talk import Talk

WORDS = ["e", "type", "user", "form", "reply", "line", "text", "private", "learned", "Check", "Otto", "console", "ok"]
"""Names that are words of the stored JSON, of other people's cards, or parts of them."""
LONG = "x" * 120


async def read(talk: Talk, *tables: str) -> dict[str, list[tuple[object, ...]]]:
    return {table: await talk.rows(f"SELECT * FROM {table}") for table in tables}


@pytest.mark.parametrize("name", WORDS)
async def test_a_name_erases_nothing_of_another_group(talk: Talk, name: str) -> None:
    await talk.start_group("alpha", members=["ada"])
    beta = (await talk.start_group("beta", name="Otto's line", members=["otto", "bo"])).id
    await talk("otto", f"/checkin 20 learned: {LONG}", channel="beta")
    await talk("otto", "/checkin 1h learned: the user's form", channel="beta")
    await talk("bo", "/progress otto", channel="beta")
    await talk("bo", "/leaderboard", channel="beta")
    await talk.core.draft(talk.user("otto"), "checkin", {"learned": "line", "user": "Otto"})

    def more(tx: Tx) -> None:
        drafts.add(tx, "progress", {"member": "Otto", "user": name}, talk.clock.now(), group_id=beta)
        form = json.dumps({"user": "otto", "form": name, "type": "user"})
        key_values.save(tx, "console/form/3", form, talk.clock.now())

    await talk.store.write(more)
    before = await read(talk, "requests", "drafts", "memory", "outbox")
    assert all(before.values())
    talk.names["eve"] = name
    await talk("eve", "/checkin 1h", channel="alpha")
    await talk("eve", "/mydata erase", channel=None)
    await talk.press("eve", "Erase everything")
    after = await read(talk, "requests", "drafts", "memory", "outbox")
    assert {table: [row for row in after[table] if row in before[table]] for table in before} == before


async def test_a_form_goes_with_its_owner_alone(talk: Talk) -> None:
    def more(tx: Tx) -> None:
        for user in ("ada", "bo"):
            form = json.dumps({"user": user, "form": "of ada and bo"})
            key_values.save(tx, f"console/form/{user}", form, talk.clock.now())

    await talk("ada", "/checkin 1h")
    await talk.store.write(more)
    await talk("ada", "/mydata erase")
    await talk.press("ada", "Erase everything")
    assert await talk.rows("SELECT key FROM memory WHERE key LIKE 'console/form/%'") == [("console/form/bo",)]


async def test_a_name_of_before_goes_too(talk: Talk) -> None:
    talk.names["ada"] = "Augusta King"
    await talk("ada", "/checkin 10h")
    await talk("bo", "/checkin 10h")
    await talk("bo", "/progress ada")
    await talk.command("bo", "progress", member="Augusta King")
    await enqueue_results(talk)
    talk.names["ada"] = "Ada"
    await talk("ada", "/checkin 1h")
    assert "Augusta King" in await talk("ada", "/mydata export") or await talk.rows("SELECT * FROM former_names")
    await talk("ada", "/mydata erase")
    await talk.press("ada", "Erase everything")
    for table in ("requests", "outbox", "names", "former_names", "drafts"):
        assert "Augusta" not in str(await talk.rows(f"SELECT * FROM {table}")), table


async def test_a_former_name_is_forgotten_when_nothing_can_hold_it_any_more(talk: Talk) -> None:
    for name in ("One", "Two", "One"):
        talk.names["ada"] = name
        await talk("ada", "/checkin 1h")
        talk.advance(days=1)
    assert await talk.rows("SELECT name FROM former_names ORDER BY name") == [("One",), ("Two",)]
    talk.advance(days=100)
    await talk.store.write(lambda tx: names.prune(tx, talk.clock.now()))
    assert await talk.rows("SELECT name FROM former_names") == []


async def test_a_public_button_is_pressed_by_its_group_alone(talk: Talk) -> None:
    alpha = (await talk.start_group("alpha", members=["ada", "al"])).id
    await talk.start_group("beta", members=["eve"])
    number = await talk.store.write(
        lambda tx: drafts.add(tx, "checkin", {"time": "1h", "learned": LONG}, talk.clock.now(), group_id=alpha)
    )
    for who, channel, opens in (
        ("al", "alpha", True),
        ("al", None, True),
        ("new", "alpha", True),
        ("eve", "beta", False),
        ("eve", None, False),
        ("new two", "beta", False),
    ):
        answer = await talk.core.handle(talk.request(who, channel, "", Via.BUTTON, command=f"~{number}"))
        assert isinstance(answer, Reply)
        assert answer.is_wrong is not opens, (who, channel)


async def test_a_form_of_somebody_unknown_is_opened_by_them_alone(talk: Talk) -> None:
    command = await talk.core.draft(talk.user("new"), "checkin", {"learned": "a secret", "time": "x"})
    for who in ("eve", "ada", "new"):
        for via in Via:
            answer = await talk.core.handle(talk.request(who, "console", "", via, command=command))
            assert ("a secret" in encode(answer)) is (who == "new"), (who, via)
    again = await talk.core.draft(talk.user("eve"), command, {"time": "y"})
    answer = await talk.core.handle(talk.request("eve", "console", "", Via.BUTTON, command=again))
    assert "a secret" not in encode(answer)
    await talk("new", "/checkin 1h")
    answer = await talk.core.handle(talk.request("new", "console", "", Via.BUTTON, command=command))
    assert "a secret" in encode(answer)
    await talk("new", "/mydata erase")
    await talk.press("new", "Erase everything")
    assert "a secret" not in str(await talk.rows("SELECT options FROM drafts"))
