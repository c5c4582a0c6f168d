"""The journal: the newest notes, or those in which words were found, a page at a time."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from adapters.web import cards, entries
from adapters.web.document import document, open_form
from adapters.web.frame import Answers, Frame, Question, card_of
from adapters.web.html import EMPTY, tag
from adapters.web.pages.me import search_form

PAGE = "journal"
OPTIONS = ("search", "area", "period", "focus", "page")


def questions(arguments: Mapping[str, str]) -> tuple[Question, ...]:
    """Return what the page asks: one page of what was searched."""
    options = {name: arguments[name] for name in OPTIONS if arguments.get(name)}
    return (Question(PAGE, "journal", options),)


def render(frame: Frame, answers: Answers) -> str:
    """Return the whole page."""
    card = card_of(answers, PAGE)
    search = "".join(parse_qs(urlsplit(frame.path).query).get("search", [])[:1])
    found, others = entries.split(card.blocks)
    title = card.title or "Journal"
    heading = tag("header", tag("h2", title, id="notes", dir="auto"))
    content = tag(
        "section",
        heading,
        search_form(frame, search),
        entries.render(found, search),
        *(cards.render_block(frame, block) for block in others),
        tag("p", tag("a", "All notes", href="/journal")) if search else EMPTY,
        cls="card c12 all-notes",
        aria_labelledby="notes",
    )
    return document(frame, "Journal", open_form(frame), content)
