"""Every page in every state: snapshots, and what holds for all of them."""

import re

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from adapters.web import links
from adapters.web.pages import after, error, sign_in
from bot.chat.card import Card, Line
from tests.adapters.cards import HOSTILE
from tests.adapters.web import scenes
from tests.adapters.web.documents import Document, refused
from tests.adapters.web.sample import frame_of

STATELESS = [name for name, _ in scenes.draw_without_data()]
LIVED = [
    "me", "me-outcome", "me-refused", "journal", "journal-search", "journal-none", "weeks", "settings", "streak",
    "partner", "invited", "board", "edit", "pause", "group", "group-organiser", "group-settings", "first-day",
    "group-empty", "first-check-in",
]  # fmt: skip
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


class Page(SingleFileSnapshotExtension):
    """A page as a file of its own, an element a line, so that a change can be read."""

    _write_mode = WriteMode.TEXT
    file_extension = "html"


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Page)


def by_element(page: str) -> str:
    """Return a page with an element a line."""
    return re.sub(r"(?<=>)(?=<(?!/))", "\n", page)


def test_every_page_is_tried(pages: dict[str, str]) -> None:
    assert sorted(pages) == sorted([*STATELESS, *LIVED])


@pytest.mark.parametrize("name", [*STATELESS, *LIVED])
def test_pages(pages: dict[str, str], name: str, snapshot: SnapshotAssertion) -> None:
    assert by_element(pages[name]) == snapshot(name=name)


@pytest.mark.parametrize("name", [*STATELESS, *LIVED])
def test_every_page_is_sound_and_needs_neither_script_nor_inline_style(pages: dict[str, str], name: str) -> None:
    document = Document(pages[name])
    assert document.faults == []
    assert list(refused(document)) == []
    ids = [element.attributes["id"] for element in document.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    assert not UNSEEN.search(pages[name])


@pytest.mark.parametrize("name", [*STATELESS, *LIVED])
def test_every_page_can_be_found_in_and_heard(pages: dict[str, str], name: str) -> None:
    document = Document(pages[name])
    assert [element.attributes["id"] for element in document.all("main")] == ["main"]
    assert len(document.all("h1")) == 1
    assert document.all("html")[0].attributes["lang"] == "en"
    ids = {element.attributes.get("id") for element in document.elements}
    for element in document.elements:
        named = [element.attributes.get(name) for name in ("aria-labelledby", "for")]
        named += element.attributes.get("aria-describedby", "").split() or [None]
        assert {one for one in named if one} <= ids, element
    for field in (*document.all("input"), *document.all("select"), *document.all("textarea")):
        kind = field.attributes.get("type")
        labels = {label.attributes.get("for") for label in document.all("label")}
        assert kind in ("hidden", "checkbox") or field.attributes["id"] in labels, field


@pytest.mark.parametrize("name", LIVED)
def test_whatever_is_sent_has_the_token_and_goes_to_us(pages: dict[str, str], name: str) -> None:
    document = Document(pages[name])
    posts = [form for form in document.all("form") if form.attributes.get("method") == "post"]
    tokens = [field for field in document.all("input") if field.attributes.get("name") == links.TOKEN]
    assert len(tokens) == len(posts) > 0
    assert all(field.attributes["value"] == "token" for field in tokens)
    assert all(form.attributes["action"].startswith("/") for form in posts)


def test_one_thing_is_emphasised_in_a_card(pages: dict[str, str]) -> None:
    for name in ("me", "group", "first-day"):
        assert len(re.findall(r'class="(?:button )?main"', pages[name])) == 1, name


def test_what_was_typed_stands_in_the_form_again_with_its_errors(pages: dict[str, str]) -> None:
    document = Document(pages["me-refused"])
    fields = {field.attributes.get("name"): field for field in (*document.all("input"), *document.all("textarea"))}
    assert fields["o.time"].attributes["value"] == "10x"
    assert fields["o.time"].attributes["aria-invalid"] == "true"
    assert "autofocus" in fields["o.time"].attributes
    assert fields["o.learned"].text.strip() == "<b>kept</b> as it was typed"
    chosen = [option.attributes["value"] for option in document.all("option") if "selected" in option.attributes]
    assert chosen == ["in two weeks", "Mathematics"]
    described = [element for element in document.all("p") if element.attributes.get("class") == "error"]
    assert [element.attributes["id"] for element in described] == ["checkin-time-error", "checkin-day-error"]


def test_journal_and_reason_are_folded_at_first(pages: dict[str, str]) -> None:
    for name in ("me", "settings"):
        folded = [element for element in Document(pages[name]).all("details") if element.attributes["class"] == "fold"]
        assert len(folded) == 1, name
        assert "open" not in folded[0].attributes


def test_searched_words_are_marked(pages: dict[str, str]) -> None:
    marked = {element.text.casefold() for element in Document(pages["journal-search"]).all("mark")}
    assert marked == {"batch", "norm"}


def test_hostile_names_stay_words_everywhere() -> None:
    frame = frame_of("/me", HOSTILE, groups=(("1", HOSTILE), ("2/../x", HOSTILE)))
    hostile = sign_in.SignIn(HOSTILE, HOSTILE, HOSTILE, "/sign-in/x")
    for page in (
        sign_in.render(frame, hostile),
        sign_in.render_unknown(frame, HOSTILE),
        after.render(frame, Card(HOSTILE, (Line((HOSTILE,)),))),
        error.render(frame, 404),
    ):
        document = Document(page)
        assert document.faults == []
        assert list(refused(document)) == []
        assert not UNSEEN.search(page)
