"""One's own page: the week with the check-in, streak, focus, the year, the road, areas and the newest notes."""

from collections.abc import Mapping

from adapters.web import cards, controls, entries, forms, links
from adapters.web.cards import big
from adapters.web.charts import draw, svg
from adapters.web.document import document, open_form
from adapters.web.forms import Extra
from adapters.web.frame import Answers, Frame, Question, card_of, sections_of
from adapters.web.html import EMPTY, Html, join, tag
from bot.chat.card import Actions, Bar, Block, Button, Card, Facts, Line, Note, Picture, Style, Table
from bot.chat.chart import AreaBars, Cumulative, Heatmap
from bot.chat.page import Section

PAGE = "page"
CHECK_IN = "checkin"
KNOWS = (
    "Your check-ins, notes, goal, time zone, reminders and your reason for studying. Only you see this page. "
    "Whoever runs the bot can read its database."
)
ROAD: tuple[type[Block], ...] = (Bar, Picture, Line, Facts, Table, Note)
"""The blocks of the road's card, in the order of the page."""


def questions(_arguments: Mapping[str, str]) -> tuple[Question, ...]:
    """Return what the page asks: one thing that gathers all of it."""
    return (Question(PAGE, "page me"),)


def render(frame: Frame, answers: Answers) -> str:
    """Return the whole page."""
    sections = {section.key: section for section in sections_of(answers, PAGE)}
    if not sections:
        return document(frame, "Your study", cards.section(frame, "nothing", card_of(answers, PAGE)))
    steps, streak, focus = (sections.get(key) for key in ("steps", "streak", "focus"))
    aside = [_steps(frame, steps)] if steps is not None else []
    aside += [_streak(frame, streak)] if streak is not None else []
    aside += [_focus(frame, focus)] if focus is not None else []
    aside += [cards.section(frame, "partner", sections["partner"].card, wide="")] if "partner" in sections else []
    parts = [
        open_form(frame, CHECK_IN),
        _week(frame, sections["week"], sections.get(CHECK_IN)),
        tag("div", *aside, cls="stack c5"),
        *(_year(frame, sections[key]) for key in ("year",) if key in sections),
        *(_road(frame, sections[key]) for key in ("road",) if key in sections),
        *(_areas(frame, sections[key]) for key in ("areas",) if key in sections),
        *(_journal(frame, sections[key]) for key in ("journal",) if key in sections),
        *(cards.section(frame, key, sections[key].card) for key in ("recall",) if key in sections),
        *(_later(sections[key]) for key in ("later",) if key in sections),
    ]
    foot = join((tag("h2", "What this page knows"), tag("p", KNOWS)))
    return document(frame, frame.viewer or "Your study", *parts, foot=foot, heading="Your study")


def _week(frame: Frame, week: Section, checkin: Section | None) -> Html:
    """Return the week with the way to add to it."""
    first, *rest = week.card.blocks
    if isinstance(first, Line):
        top: list[Html] = [big(first), svg.blocks(0, 1, "")] if cards.is_heading(first) else [_lead(frame, first)]
    else:
        top = [cards.render_block(frame, first)]
    lead = [_lead(frame, block) if index == 0 else cards.render_block(frame, block) for index, block in enumerate(rest)]
    return cards.section(frame, "week", week.card, *top, *lead, _checkin(frame, checkin), wide="c7")


def _lead(frame: Frame, block: Block) -> Html:
    """Return the sentence that stands largest."""
    rendered = cards.render_block(frame, block)
    return tag("div", rendered, cls="lead") if isinstance(block, Line) else rendered


def _checkin(frame: Frame, section: Section | None) -> Html:
    if section is None or section.form is None:
        return EMPTY
    form = forms.refill(section.form, frame.refused_form(CHECK_IN))
    actions = [block.buttons for block in section.card.blocks if isinstance(block, Actions)]
    quick, *others = actions or [()]
    changes = [controls.buttons(frame, buttons) for buttons in others]
    heading = tag("h3", section.card.title)
    return tag("div", heading, forms.render(frame, form, Extra(quick)), *changes, cls="checkin")


def _steps(frame: Frame, section: Section) -> Html:
    """Return what can still be set up, each with its empty sign."""
    facts = [fact for block in section.card.blocks if isinstance(block, Facts) for fact in block.facts]
    items = [
        tag(
            "li",
            svg.week_sign("missed"),
            tag("span", tag("b", fact.label), tag("br"), tag("span", *map(_plain, fact.value), cls="small grey")),
        )
        for fact in facts
    ]
    actions = [cards.render_block(frame, block) for block in section.card.blocks if isinstance(block, Actions)]
    return cards.section(frame, "steps", section.card, tag("ul", *items, cls="steps"), *actions, wide="")


def _plain(span: object) -> str:
    return span if isinstance(span, str) else ""


def _streak(frame: Frame, section: Section) -> Html:
    """Return the streak with the signs of its last weeks."""
    content = []
    for index, block in enumerate(section.card.blocks):
        if isinstance(block, Picture) and isinstance(block.chart, Heatmap):
            content.append(draw.last_weeks(block.chart, block.alt))
        elif index == 0 and isinstance(block, Line):
            content.append(_lead(frame, block) if isinstance(block.text[0], str) else big(block))
        elif isinstance(block, Note):
            content.append(tag("p", cards.words_of(block), cls="good small"))
        else:
            content.append(cards.render_block(frame, block))
    return cards.section(frame, "streak", section.card, *content, wide="")


def _focus(frame: Frame, section: Section) -> Html:
    content = []
    for index, block in enumerate(section.card.blocks):
        if isinstance(block, Bar):
            share = block.done / block.goal if block.goal else 1
            words = tag("p", tag("span", block.text), cls="ends")
            content.append(tag("div", svg.bar(share, "kept" if share >= 1 else "way"), words))
        elif index == 0:
            content.append(_lead(frame, block))
        else:
            content.append(cards.render_block(frame, block))
    return cards.section(frame, "focus", section.card, *content, wide="")


def _year(frame: Frame, section: Section) -> Html:
    return cards.section(frame, "year", section.card)


def _road(frame: Frame, section: Section) -> Html:
    """Return the road: the number, the line, the pace and the marks; the way to check in stands above already."""
    blocks = [block for block in section.card.blocks if isinstance(block, ROAD)]
    if any(isinstance(block, Bar) for block in blocks):
        blocks = blocks[1:]  # the sentence that the number and the line say
    content = [_road_block(frame, block) for block in sorted(blocks, key=_place)]
    charts = [block.chart for block in blocks if isinstance(block, Picture)]
    beside = next((chart.subtitle for chart in charts if isinstance(chart, Cumulative)), "")
    return cards.section(frame, "road", Card(f"The road{cards.BESIDE}{beside}"), *content, wide="c7")


def _road_block(frame: Frame, block: Block) -> Html:
    if isinstance(block, Bar):
        return cards.number(block)
    if isinstance(block, Facts):
        block = Facts(tuple(fact for fact in block.facts if fact.label != "Weeks"))  # the streak has them
    return cards.render_block(frame, block)


def _place(block: Block) -> int:
    return ROAD.index(type(block))


def _areas(frame: Frame, section: Section) -> Html:
    """Return the areas; the one that waits has its button."""
    shown = [block for block in section.card.blocks if not isinstance(block, Actions | Table)]
    pictures = [block for block in shown if isinstance(block, Picture)]
    others = [block for block in shown if not isinstance(block, Picture)]
    content = [cards.render_block(frame, block) for block in pictures]
    for block in others:
        if isinstance(block, Line) and cards.first_bold(block):
            area = cards.first_bold(block)
            button = Button(f"Check in {area}", CHECK_IN, {"area": area}, Style.PLAIN, opens_form=True)
            words = cards.render_block(frame, block)
            content.append(tag("div", words, controls.button(frame, button), cls="note"))
        else:
            content.append(cards.render_block(frame, block))
    charts = [block.chart for block in pictures]
    beside = next((chart.subtitle for chart in charts if isinstance(chart, AreaBars)), "")
    card = Card(f"Areas{cards.BESIDE}{beside}" if beside else "Areas", section.card.blocks)
    return cards.section(frame, "areas", card, *content, wide="c5")


def _journal(frame: Frame, section: Section) -> Html:
    """Return the newest notes, folded at first: others may see the screen."""
    found, _ = entries.split(section.card.blocks)
    everything = tag("p", tag("a", "All notes", href=links.JOURNAL))
    folded = tag(
        "details",
        tag("summary", "Show your newest notes"),
        entries.render(found),
        everything,
        cls="fold",
    )
    card = Card(f"Journal{cards.BESIDE}only you see it", ())
    return cards.section(frame, "journal", card, search_form(frame), folded, wide="c12 journal")


def search_form(_frame: Frame, search: str = "") -> Html:
    """Return the form that searches the journal."""
    label = tag("label", "Search your journal", for_="journal-search", cls="vh")
    field = tag(
        "input",
        type="search",
        id="journal-search",
        name="search",
        value=search or None,
        placeholder="Search your notes",
        maxlength=100,
        autocomplete="off",
        dir="auto",
    )
    return tag("form", label, field, tag("button", "Search"), cls="search", role="search", action=links.JOURNAL)


def _later(section: Section) -> Html:
    facts = [fact for block in section.card.blocks if isinstance(block, Facts) for fact in block.facts]
    items = [tag("div", tag("dt", fact.label), tag("dd", *map(_plain, fact.value))) for fact in facts]
    heading = tag("header", tag("h2", section.card.title, id="later"))
    return tag("section", heading, tag("dl", *items, cls="later"), cls="card quiet c12", aria_labelledby="later")
