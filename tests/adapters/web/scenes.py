"""Every page in every state that it can be in, made from sample data: for snapshots, the browser, and the eye."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

from adapters.web.frame import Frame
from adapters.web.pages import (
    after,
    card,
    data,
    error,
    form,
    group,
    group_settings,
    journal,
    me,
    settings,
    sign_in,
    weeks,
)
from bot.chat.card import Card, Line, Tone
from bot.chat.form import Form
from bot.chat.request import Ask, Via
from bot.store import migrate
from bot.store.database import Store
from tests.adapters.web.sample import (
    FOCUS,
    LEARNED,
    MEMBERS,
    NOW,
    Logged,
    ask,
    found,
    frame_of,
    pair_up,
    pause,
    share,
    some_weeks,
    tell,
    years,
)
from tests.talk import Talk

SHARED = (
    ("m0", "statistics", LEARNED[3]),
    ("ada", "software engineering", LEARNED[2]),
    ("m2", "machine learning", LEARNED[4]),
)
FIVE_YEARS, TWO_YEARS = 260, 94
DONE = "Taken back. 9 h 30 this week, 30 min to go."


async def draw(
    folder: Path, *, weeks: int = TWO_YEARS, members: int = len(MEMBERS), many: bool = True
) -> dict[str, str]:
    """Return all pages by their names; their databases are made in `folder`.

    `weeks` are those of Ada, among so many `members`; `many` adds the pages of five years and sixty members.
    """
    pages = dict(draw_without_data())
    lived = partial(_draw_lived, weeks=weeks, members=members)
    for name, draw_some in (("lived", lived), ("new", _draw_new), *((("many", _draw_many),) if many else ())):
        migrate.migrate(folder / f"{name}.db")
        store = await Store.open(folder / f"{name}.db")
        try:
            pages |= await draw_some(store)
        finally:
            await store.close()
    return pages


def draw_without_data() -> Iterator[tuple[str, str]]:
    """Yield the pages for which nothing is asked."""
    stranger = Frame("/sign-in", token="token")
    until = "until 21:14 (9 minutes from now)"
    yield "sign-in", sign_in.render(stranger, sign_in.SignIn("Ada Lindqvist", "@ada on Discord", until, "/sign-in/x"))
    yield "sign-in-used", sign_in.render_used(stranger)
    yield "sign-in-choose", sign_in.render_choose(stranger, (("Discord", "/with/discord"), ("Slack", "/with/slack")))
    yield "sign-in-chat", sign_in.render_choose(stranger, ())
    yield "sign-in-unknown", sign_in.render_unknown(stranger, "Slack")
    for status in (403, 404, 429, 500):
        yield f"error-{status}", error.render(frame_of("/nowhere"), status)
    yield "after", after.render(stranger, Card("", (Line(("Everything of yours is erased.",)),), Tone.GOOD))
    rows = (
        data.SessionRow("1", "Firefox on Linux", "23 November", "now", is_this=True),
        data.SessionRow("2", "Safari on iPhone", "2 November", "yesterday", is_this=False),
    )
    yield (
        "data",
        data.render(frame_of("/data"), data.Data(rows, has_feed=True, feed_url="https://example.org/feed/a.ics")),
    )


async def _draw_lived(store: Store, weeks: int, members: int) -> dict[str, str]:
    """Two years of Ada, in a group of thirty."""
    talk = await found(store, NOW - timedelta(weeks=weeks + 1), members=MEMBERS[:members])
    await pause(talk, "ada")
    begun = NOW - timedelta(weeks=15)
    early = [one for one in years("ada", weeks) if one.at < begun]
    await tell(talk, early)
    talk.clock.move_to(begun)
    await talk.join(*(f"m{number}" for number in range(members)))
    await talk("ada", FOCUS)
    late = [one for one in years("ada", weeks) if one.at >= begun]
    others = [one for number in range(members) for one in some_weeks(f"m{number}", number)]
    await tell(talk, late + others)
    talk.clock.move_to(NOW - timedelta(hours=1))
    await share(talk, SHARED)
    talk.clock.move_to(NOW - timedelta(minutes=5))
    await talk("ada", "/checkin 45m mathematics learned: Eigenvectors keep their direction.", channel=None)
    talk.clock.move_to(NOW)
    await pair_up(talk, "ada", "m1", NOW - timedelta(weeks=3))
    pages = await _draw_own(talk, "ada", "Ada Lindqvist")
    pages |= await _draw_group(talk, "m1", "group", MEMBERS[1])
    pages["me-outcome"] = await _draw_me(talk, "ada", "Ada Lindqvist", outcome=Card("", (Line((DONE,)),), Tone.GOOD))
    pages["me-refused"] = await _draw_me(talk, "ada", "Ada Lindqvist", refused=await _refused(talk))
    pages |= await _draw_organised(talk)
    return pages


async def _draw_new(store: Store) -> dict[str, str]:
    """The first minute of Bo, and the first day of somebody who writes from right to left."""
    talk = await found(store, NOW - timedelta(hours=1), members=())
    await talk.join("bo")
    pages = {"first-day": await _draw_me(talk, "bo", "Bo", groups=(("1", "Study hall"),))}
    pages |= {"group-empty": (await _draw_group(talk, "bo", "group", "Bo"))["group"]}
    await talk("ada", "/partner invite bo")
    pages["invited"] = await _draw_me(talk, "bo", "Bo", groups=(("1", "Study hall"),))
    talk.names["noa"] = "נועה"
    await talk.join("noa")
    note = "/checkin 2h statistics learned: ערך p לא ענה על השאלה שלי. רווח סמך כן."
    await talk("noa", note)
    pages["first-check-in"] = await _draw_me(talk, "noa", "נועה", groups=(("1", "קבוצת לימוד"), ("2", "مجموعة")))
    return pages


async def _draw_many(store: Store) -> dict[str, str]:
    """Five years of Ada with twenty-five areas, and sixty members."""
    members = tuple(f"Member {number}" for number in range(60))
    talk = await found(store, NOW - timedelta(weeks=FIVE_YEARS + 1), members=members)
    for number in range(19):
        await talk("ada", f"/group areas add: Area number {number + 7}")
    await tell(talk, list(years("ada", FIVE_YEARS)))
    talk.clock.move_to(NOW - timedelta(days=2))
    areas = [f"Area number {number + 7}" for number in range(19)]
    begun = talk.clock.now()
    await tell(talk, [Logged(begun + timedelta(minutes=at), "ada", 20, area) for at, area in enumerate(areas)])
    await talk.join(*(f"m{number}" for number in range(60)))
    others = (one for number in range(60) for one in some_weeks(f"m{number}", number, weeks=0))
    await tell(talk, [one for one in others if one.at > begun])
    talk.clock.move_to(NOW)
    pages = {"me-five-years": await _draw_me(talk, "ada", "Ada Lindqvist")}
    pages["group-sixty"] = (await _draw_group(talk, "ada", "group", "Ada Lindqvist"))["group"]
    return pages


async def _draw_me(talk: Talk, who: str, viewer: str, **more: object) -> str:
    frame = frame_of("/me", viewer, "me", **more)
    return me.render(frame, await ask(talk, who, me.questions({})))


async def _draw_own(talk: Talk, who: str, viewer: str) -> dict[str, str]:
    pages = {"me": await _draw_me(talk, who, viewer)}
    for name, path, page, arguments in (
        ("journal", "/journal", journal, {}),
        ("journal-search", "/journal?search=batch+norm", journal, {"search": "batch norm"}),
        ("journal-none", "/journal?search=zebra", journal, {"search": "zebra"}),
        ("weeks", "/weeks", weeks, {}),
        ("settings", "/settings", settings, {}),
        ("streak", "/see?command=streak", card, {"command": "streak"}),
        ("partner", "/see?command=partner+show", card, {"command": "partner show"}),
        ("board", "/see?command=leaderboard", card, {"command": "leaderboard", "period": "this month", "group": "1"}),
        ("edit", "/form?command=edit", form, {"command": "edit"}),
        ("pause", "/form?command=pause", form, {"command": "pause"}),
    ):
        answers = await ask(talk, who, page.questions(arguments))
        pages[name] = page.render(frame_of(path, viewer), answers)
    return pages


async def _draw_group(talk: Talk, who: str, name: str, viewer: str) -> dict[str, str]:
    frame = frame_of("/group/1", viewer, "group:1")
    return {name: group.render(frame, await ask(talk, who, group.questions({"group": "1"})))}


async def _draw_organised(talk: Talk) -> dict[str, str]:
    frame = frame_of("/group/1/settings", here="group:1")
    answers = await ask(talk, "ada", group_settings.questions({"group": "1"}))
    pages = await _draw_group(talk, "ada", "group-organiser", "Ada Lindqvist")
    return {"group-settings": group_settings.render(frame, answers), **pages}


async def _refused(talk: Talk) -> Form:
    """Return the form of a check-in whose time and day were wrong."""
    options = {"time": "10x", "day": "in two weeks", "learned": "<b>kept</b> as it was typed", "area": "Mathematics"}
    answer = await talk.core.handle(talk.request("ada", None, "", Via.FORM, "checkin", options))
    assert isinstance(answer, Ask)
    return answer.form
