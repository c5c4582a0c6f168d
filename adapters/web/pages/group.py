"""A group's page: the week together, who studied, last week's results, what people learned, and what comes next."""

from collections.abc import Mapping

from adapters.web import cards
from adapters.web.cards import big
from adapters.web.charts import svg
from adapters.web.document import command_link, document, open_form
from adapters.web.frame import Answers, Frame, Question, card_of, sections_of
from adapters.web.html import EMPTY, Html, join, tag
from bot.chat.card import Actions, Block, Line, Note, Quote
from bot.chat.page import Section

PAGE = "page"
WIDE = {"studied": "c7", "learned": "c7", "results": "c5", "next": "c5", "organisers": "c5"}
KNOWS = (
    "You see this page because you're a member. Whoever hides isn't shown. Notes stand here only if their writer "
    "offered them for the results."
)


def questions(arguments: Mapping[str, str]) -> tuple[Question, ...]:
    """Return what the page asks: one thing that gathers all of it, of the group that the address names."""
    return (Question(PAGE, "page group", {"group": arguments.get("group", "")}),)


def render(frame: Frame, answers: Answers) -> str:
    """Return the whole page; where the group is none of one's own, what the core says of that."""
    card = card_of(answers, PAGE)
    sections = {section.key: section for section in sections_of(answers, PAGE)}
    if not sections:
        return document(frame, card.title or "Not your group", cards.section(frame, "nothing", card))
    left = [_section(frame, sections[key]) for key in ("studied", "learned") if key in sections]
    right = [_section(frame, sections[key]) for key in ("results", "next", "organisers") if key in sections]
    group_id = frame.here.partition(":")[2]
    ways = tag(
        "div",
        command_link(frame, "group hide", "Hide me here", {"group": group_id}),
        command_link(frame, "group leave", "Leave the group", {"group": group_id}),
        cls="row",
    )
    return document(
        frame,
        card.title,
        open_form(frame),
        _together(frame, sections["together"]),
        tag("div", *left, cls="stack c7"),
        tag("div", *right, cls="stack c5"),
        foot=join((tag("p", KNOWS), ways)),
    )


def _together(frame: Frame, section: Section) -> Html:
    content = []
    for index, block in enumerate(section.card.blocks):
        if index == 0 and isinstance(block, Line) and not isinstance(block.text[0], str):
            content += [big(block), svg.blocks(0, 1, "")]
        elif isinstance(block, Line):
            content.append(tag("div", cards.render_block(frame, block), cls="lead"))
        else:
            content.append(cards.render_block(frame, block))
    return cards.section(frame, "together", section.card, *content)


def _section(frame: Frame, section: Section) -> Html:
    """Return a section in its column."""
    if section.key == "learned":
        return cards.section(frame, "learned", section.card, _quotes(section.card.blocks), wide="")
    if section.key == "results":
        shown = [block for block in section.card.blocks if not isinstance(block, Actions)]
        return cards.section(frame, "results", section.card, *cards.blocks(frame, shown), wide="")
    return cards.section(frame, section.key, section.card, wide="", quiet=section.key == "organisers")


def _quotes(blocks: tuple[Block, ...]) -> Html:
    """Return what people learned, each with who wrote it."""
    quotes = []
    for quote, source in zip(blocks[::2], blocks[1::2], strict=True):
        if isinstance(quote, Quote) and isinstance(source, Note):
            words = tag("p", quote.text, dir="auto")
            quotes.append(
                tag("figure", tag("blockquote", words), tag("figcaption", cards.words_of(source), dir="auto"))
            )
    return tag("div", *quotes, cls="quotes") if quotes else EMPTY
