"""`/journal`: pages, search, areas, periods and focuses, for the one who wrote it alone."""

from collections.abc import Sequence

import pytest

from tests.talk import Talk

HOSTILE = [
    '"',
    "'; DROP TABLE journal; --",
    "who:p1",
    "NEAR(a b)",
    "a NOT b",
    "-a",
    "a*",
    "^a",
    "(",
    "{x}: y",
    "\\",
    "a\x00b",
]


async def learn(talk: Talk, *lines: str, who: str = "ada", more: str = "") -> None:
    for line in lines:
        talk.advance(minutes=3)
        assert not (await talk(who, f"/checkin 10m {more} learned: {line}")).is_wrong


async def finish_focus(talk: Talk, title: str, explanation: str) -> None:
    """Start a focus and finish it now."""
    await talk("ada", f"/focus start {title}")
    await talk("ada", f"/focus finish {explanation} link: https://example.org")


def quotes(heard: str) -> list[str]:
    return [line.removeprefix("> ") for line in heard.splitlines() if line.startswith("> ")]


async def test_an_empty_journal_says_how_it_begins(talk: Talk) -> None:
    heard = await talk("ada", "/journal")
    assert "What you learn will stand here" in heard
    assert heard.labels == ["Check in"]


async def test_the_newest_comes_first_by_day_and_pages_change_in_place(talk: Talk) -> None:
    await learn(talk, *(f"line {number}" for number in range(1, 12)))
    await learn(talk, "of yesterday", more="day: yesterday")
    heard = await talk("ada", "/journal")
    assert quotes(heard) == [f"line {number}" for number in (11, 10, 9, 8, 7)]
    assert not heard.is_public
    assert "Post it here" not in heard.labels
    heard = await talk.press("ada", "Older")
    assert heard.is_in_place
    heard = await talk.press("ada", "Older")
    assert quotes(heard) == ["line 1", "of yesterday"]
    assert "Yesterday" in heard
    assert "page 3" in heard
    assert quotes(await talk.press("ada", "Newer")) == [f"line {number}" for number in (6, 5, 4, 3, 2)]


async def test_what_follows_the_check_ins(talk: Talk) -> None:
    await learn(talk, "first draft")
    await talk("ada", "/edit learned: second draft")
    assert quotes(await talk("ada", "/journal")) == ["second draft"]
    assert quotes(await talk("ada", "/journal first")) == []
    await talk("ada", "/undo")
    assert "will stand here" in await talk("ada", "/journal")
    assert quotes(await talk("ada", "/journal second")) == []
    await talk.press("ada", "Put back")
    assert quotes(await talk("ada", "/journal sec")) == ["second draft"]


async def test_only_ones_own_is_found(talk: Talk) -> None:
    await learn(talk, "the secret of Ada")
    await learn(talk, "the secret of Bo", who="bo")
    assert quotes(await talk("bo", "/journal secret")) == ["the secret of Bo"]
    assert quotes(await talk("bo", "/journal")) == ["the secret of Bo"]
    assert quotes(await talk.command("bo", "journal", everyone="yes", search="ada")) == []


@pytest.mark.parametrize(
    ("learned", "typed"),
    [
        ("Überraschung: Größe zählt", "UBERRASCHUNG grosse"),
        ("中心極限定理とは何か", "極限"),
        ("평균으로의 회귀를 배웠다", "회귀"),
        ("วันนี้เรียนการถดถอย", "ถดถอย"),
        ("Градиентный спуск", "градиент"),
        ("विचरण और मानक विचलन", "मानक"),
        ("مُشتقّة الدالة", "مشتقة"),
        ("Bayes' theorem: P(A|B)", "bayes the"),
        ("k-means is not kNN", "k-means"),
    ],
)
async def test_any_language_is_found_by_a_word_or_its_beginning(talk: Talk, learned: str, typed: str) -> None:
    await learn(talk, "something else", learned)
    assert quotes(await talk("ada", f"/journal {typed}")) == [learned]


async def test_a_search_pages_from_the_best_match_on(talk: Talk) -> None:
    await learn(talk, "svd svd svd", *(f"svd and much else besides, number {number}" for number in range(6)))
    heard = await talk("ada", "/journal svd")
    assert quotes(heard)[0] == "svd svd svd"
    assert "best match first" in heard
    assert len(quotes(await talk.press("ada", "Further"))) == 2
    assert quotes(await talk.press("ada", "Better"))[0] == "svd svd svd"


@pytest.mark.parametrize("typed", [*HOSTILE, "a" * 200, "x " * 99 + "y"])
async def test_no_search_is_ever_an_error_of_the_database(talk: Talk, typed: str) -> None:
    await learn(talk, "a line")
    heard = await talk.command("ada", "journal", search=typed)
    assert ("No note matches" in heard) or ("no word" in heard) or quotes(heard), heard
    assert "our fault" not in heard.casefold()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("🎉🎉", "There's no word in “🎉🎉”"),
        ("a" * 10_000, "Your search has 10,000 characters; 200 fit."),
        ("*", "no word"),
    ],
)
async def test_a_search_that_cannot_be_is_a_sentence(talk: Talk, typed: str, expected: str) -> None:
    heard = await talk.command("ada", "journal", search=typed)
    assert heard.is_wrong
    assert expected in heard


async def test_a_month_is_shown_by_its_days(talk: Talk) -> None:
    await learn(talk, "january")
    talk.at("2026-02-03T10:00")
    await learn(talk, "february")
    await learn(talk, "the second", more="day: yesterday")
    heard = await talk("ada", "/journal period: 2026-02")
    assert "Journal · February 2026" in heard
    assert quotes(heard) == ["february", "the second"]
    assert quotes(await talk("ada", "/journal period: last month")) == ["january"]
    assert quotes(await talk("ada", "/journal period: january")) == ["january"]
    assert quotes(await talk("ada", "/journal second period: 2026")) == ["the second"]
    assert quotes(await talk("ada", "/journal second period: last year")) == []
    assert len(quotes(await talk("ada", "/journal period: all"))) == 3
    for extreme in ("0001", "9999", "9999-12-31", "0001-01-01"):
        assert "No note matches" in await talk("ada", f"/journal the period: {extreme}")
    wrong = await talk("ada", "/journal period: the day after")
    assert wrong.is_wrong
    assert "period: last month" in wrong


async def test_an_area_that_was_renamed_keeps_its_notes(talk: Talk) -> None:
    talk.managers = {"ada"}
    await learn(talk, "bayes", more="statistics")
    await talk("ada", "/group areas rename: Statistics to: Chance")
    await learn(talk, "dice", more="chance")
    await learn(talk, "limits", more="mathematics")
    await talk("ada", "/group areas rename: Chance to: Probability")
    for area in ("probability", "Chance", "statistics"):
        assert quotes(await talk("ada", f"/journal area: {area}")) == ["dice", "bayes"]
        assert quotes(await talk("ada", f"/journal bayes area: {area}")) == ["bayes"]
    assert quotes(await talk("ada", "/journal area: mathematics")) == ["limits"]


async def test_an_area_also_one_that_is_retired(talk: Talk) -> None:
    await learn(talk, "bayes", more="statistics")
    await learn(talk, "kubernetes", more="devops")
    await talk.store.write(lambda tx: tx.run("UPDATE areas SET retired_at = 1 WHERE name = 'DevOps'"))
    assert quotes(await talk("ada", "/journal area: devops")) == ["kubernetes"]
    assert quotes(await talk("ada", "/journal kube area: devops")) == ["kubernetes"]
    assert quotes(await talk("ada", "/journal kube area: statistics")) == []
    assert "no area “alchemy”" in await talk("ada", "/journal area: alchemy")


async def test_what_was_explained_is_an_entry_and_marked_as_one(talk: Talk) -> None:
    await learn(talk, "of monday")
    await talk("ada", "/focus start SVD from scratch")
    await talk("ada", "/checkin 1h30")
    await talk("ada", "/focus finish A rotation, a stretch, a rotation. link: https://example.org")
    talk.advance(days=1)
    await learn(talk, "of tuesday")
    heard = await talk("ada", "/journal")
    assert quotes(heard) == ["of tuesday", "A rotation, a stretch, a rotation.", "of monday"]
    assert "You finished SVD from scratch after 1 h 30 and explained it:" in heard
    assert "https://example.org" in heard
    for search_words in ("/journal stretch", "/journal scratch", "/journal rotation period: 2026-01"):
        assert quotes(await talk("ada", search_words)) == ["A rotation, a stretch, a rotation."]
    assert quotes(await talk("ada", "/journal rotation period: 2025")) == []
    assert quotes(await talk("ada", "/journal rotation area: statistics")) == []


async def test_one_focus_alone(talk: Talk) -> None:
    await learn(talk, "before")
    await talk("ada", "/focus start SVD")
    await learn(talk, "within")
    await talk("ada", "/focus finish explained")
    await learn(talk, "after")
    await talk("ada", "/journal")
    heard = await talk.press("ada", "Only SVD")
    assert "Journal · SVD" in heard
    assert set(quotes(heard)) == {"within", "explained"}
    assert quotes(await talk.command("ada", "journal", focus="1", search="within")) == ["within"]
    assert quotes(await talk.command("ada", "journal", focus="1", search="before")) == []
    for wrong in ("2", "x", "9" * 30):
        assert (await talk.command("ada", "journal", focus=wrong)).is_wrong


@pytest.mark.parametrize("ended", [(0,), (3, 4), (0, 1, 2, 3, 4, 5), (8,)])
async def test_pages_hold_every_entry_once_wherever_explanations_fall(talk: Talk, ended: Sequence[int]) -> None:
    for day in range(9):
        await learn(talk, f"note {day}")
        if day in ended:
            await finish_focus(talk, f"focus {day}", f"explained {day}")
        talk.advance(days=1)
    heard, seen = await talk("ada", "/journal"), []
    seen += quotes(heard)
    while "Older" in heard.labels:
        heard = await talk.press("ada", "Older")
        seen += quotes(heard)
    assert sorted(seen) == sorted([*(f"note {day}" for day in range(9)), *(f"explained {day}" for day in ended)])
    assert [line for line in seen if line.startswith("note")] == [f"note {day}" for day in range(8, -1, -1)]


async def test_a_page_that_is_no_more_is_the_first(talk: Talk) -> None:
    await learn(talk, "only one")
    assert quotes(await talk.command("ada", "journal", page="7")) == ["only one"]


async def test_hostile_words_stay_words(talk: Talk) -> None:
    await learn(talk, "<!channel> **bold** [x](http://evil) @everyone")
    heard = await talk.command("ada", "journal", search="@everyone")
    assert quotes(heard) == ["<!channel> **bold** [x](http://evil) @everyone"]


async def test_from_a_form_and_in_a_direct_message(talk: Talk) -> None:
    await learn(talk, "here")
    assert quotes(await talk("ada", "/journal", channel=None)) == ["here"]
