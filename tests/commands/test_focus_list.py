"""Every focus, also those that were set aside: an honest list, in pages."""

import json

from syrupy.assertion import SnapshotAssertion

from bot.store import export
from tests.talk import Talk

ALGEBRA = "/focus start Linear algebra hours: 80 done: I can derive the SVD"
WHY = "A matrix is what a linear map looks like in a basis."


async def test_the_list_begins_with_an_invitation(talk: Talk) -> None:
    heard = await talk("ada", "/focus list")
    assert "You have no focus yet. Pick one thing" in heard
    question = await talk.press("ada", "Start a focus")
    assert [field.name for field in question.form.fields] == ["title", "hours", "done"]
    assert "count toward Linear algebra" in await talk.fill("ada", title="Linear algebra")


async def test_set_aside_it_shows_so_in_the_list(talk: Talk, snapshot: SnapshotAssertion) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/checkin 5h")
    talk.advance(weeks=3)
    await talk("ada", "/focus start Statistics hours: 60 done: I can explain a p-value")
    heard = await talk.press("ada", "Set it aside")
    assert heard.is_in_place
    assert "“Linear algebra” is set aside with 5 h" in heard
    assert "Done means: I can explain a p-value" in heard
    assert str(await talk("ada", "/focus list")) == snapshot


async def test_it_is_for_its_reader_alone(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    heard = await talk.command("ada", "focus list", everyone="yes")
    assert not heard.is_public
    assert heard.labels == ["Finish it"]


async def test_a_long_list_has_pages(talk: Talk) -> None:
    for number in range(1, 23):
        await talk("ada", f"/focus start Thing {number}")
        await talk("ada", f"/focus finish {WHY}")
    first = await talk("ada", "/focus list")
    assert "Thing 22 · finished" in first
    assert "Thing 12 " not in first
    assert "22 finished." in first
    assert first.labels == ["Older", "Start a focus"]
    second = await talk.press("ada", "Older")
    assert second.is_in_place
    assert "Thing 12 · finished" in second
    assert "Newer" in second.labels
    last = await talk.command("ada", "focus list", page="99999")
    assert "Thing 1 · finished" in last
    assert "Older" not in last.labels


async def test_the_export_has_them_all(talk: Talk) -> None:
    await talk("ada", ALGEBRA)
    await talk("ada", "/checkin 2h")
    await talk("ada", f"/focus finish {WHY} link: https://example.org/svd")
    await talk("ada", "/focus start Statistics")
    person = await talk.person("ada")
    document = await talk.store.read(lambda tx: export.export(tx, person, talk.clock.now()))
    first, second = json.loads(json.dumps(document["focuses"]))
    assert first == {
        "id": 1,
        "title": "Linear algebra",
        "estimate": 4800,
        "done": "I can derive the SVD",
        "minutes": 120,
        "started_at": "2026-01-05T09:00:00+00:00",
        "ended_at": "2026-01-05T09:00:00+00:00",
        "outcome": "finished",
        "explanation": WHY,
        "link": "https://example.org/svd",
    }
    assert (second["title"], second["outcome"]) == ("Statistics", None)
    assert document["checkins"][0]["focus"] == "Linear algebra"
