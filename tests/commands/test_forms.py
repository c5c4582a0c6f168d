"""Every form asks in whole questions, says what becomes of the answers, and fits into every platform's form."""

from datetime import UTC, date, datetime

import pytest

from adapters.discord import limits as discord
from adapters.discord.forms import render_modal
from adapters.slack.forms import Origin, render_form
from adapters.slack.limits import VIEW_TITLE_LENGTH
from bot.chat.command import Reading, Spec
from bot.chat.form import Field, FieldKind, Form
from bot.commands.registry import SPECS
from bot.views.forms import form
from tests.servers.discord.strict import modal_faults
from tests.servers.slack.blocks import faults_of_view
from tests.talk import Talk

NOW = datetime(2026, 1, 7, 12, tzinfo=UTC)
READING = Reading(date(2026, 1, 7), ("Mathematics", "Statistics"), (), NOW, "Europe/London")
WITH_FORM = [
    spec
    for spec in SPECS.values()
    if spec.form_fields and (spec.shows_form or any(option.is_required for option in spec.options))
]
PICKED = (FieldKind.CHOICE, FieldKind.FILE)


ELSEWHERE = ("lastcall", "results")
"""What the form of a new group leaves out where it asks for its channel."""


def fields() -> list[tuple[str, Field]]:
    return [(f"{spec.name}: {field.name}", field) for spec in WITH_FORM for field in form(spec, {}, READING).fields]


def form_of(spec: Spec) -> Form:
    return form(spec, {}, READING, without=ELSEWHERE if spec.name == "group start" else ())


@pytest.mark.parametrize(("name", "field"), [pytest.param(*pair, id=pair[0]) for pair in fields()])
def test_a_field_asks_and_says_what_becomes_of_the_answer(name: str, field: Field) -> None:
    assert field.label.endswith("?"), f"{name} asks nothing: {field.label}"
    assert len(field.label) <= discord.INPUT_LABEL
    assert len(field.description) <= discord.INPUT_DESCRIPTION
    assert len(field.hint) <= discord.PLACEHOLDER
    assert field.description[-1:] in ("", ".", "?"), field.description
    assert len({field.label, field.description, field.hint}) == 3 - (not field.description and not field.hint)
    assert ", or " not in field.hint, f"{name} gives more than one example"


@pytest.mark.parametrize("spec", WITH_FORM, ids=lambda spec: spec.name)
def test_a_form_says_nothing_twice(spec: Spec) -> None:
    made = form_of(spec)
    texts = [made.title, *(text for field in made.fields for text in (field.label, field.description, field.hint))]
    said = [text.casefold().rstrip("?. ") for text in texts if text]
    assert len(said) == len(set(said)), said


@pytest.mark.parametrize("spec", WITH_FORM, ids=lambda spec: spec.name)
def test_an_example_would_be_taken(spec: Spec) -> None:
    for option in spec.form_fields:
        kind = form(spec, {}, READING).fields[spec.form_fields.index(option)].kind
        if option.hint and kind not in PICKED:
            option.read(option.hint, READING)


@pytest.mark.parametrize("spec", WITH_FORM, ids=lambda spec: spec.name)
def test_discord_and_slack_take_a_form(spec: Spec) -> None:
    made = form_of(spec)
    assert len(made.fields) <= discord.INPUTS
    assert len(made.title) <= VIEW_TITLE_LENGTH
    assert len(made.submit) <= VIEW_TITLE_LENGTH
    modal = render_modal(made)
    assert modal is not None
    assert not list(modal_faults(modal))
    kinds = {option.name: option.kind for option in spec.options}
    view = render_form(made, Origin(made.command), kinds)
    assert not faults_of_view(view)
    for block in view["blocks"]:
        if block["element"]["type"] in ("static_select", "datepicker", "users_select"):
            assert "placeholder" not in block["element"]
    for label in modal["components"]:
        if label["component"]["type"] != 4:
            assert "placeholder" not in label["component"]


async def test_a_check_in_says_before_it_is_sent_who_will_see_it(talk: Talk) -> None:
    async def described(channel: str | None = "console") -> dict[str, str]:
        opened = await talk("ada", "/checkin", channel=channel)
        return {field.name: field.description for field in opened.form.fields}

    assert (await described())["learned"] == "Posted here, with your time."
    alone = await described(channel=None)
    assert (alone["time"], alone["learned"]) == ("", "Only you see it.")
    await talk("ada", "/checkin 1h")
    await talk.start_group("berlin", name="ML Berlin", members=["ada"])
    both = await described()
    assert (both["time"], both["learned"]) == ("Posted in console and ML Berlin.", "Posted in console alone.")
    direct = await described(channel=None)
    assert (direct["time"], direct["learned"]) == ("Posted in console and ML Berlin.", "Only you see it.")
    await talk("ada", "/group hide", channel="berlin")
    assert (await described())["learned"] == "Posted here, with your time."
    await talk("ada", "/group hide")
    hidden = await described()
    assert hidden["learned"] == "Only you see it."
    assert hidden["time"].startswith("Only you see this: you're hidden in")


async def test_a_change_says_that_the_line_changes_too(talk: Talk) -> None:
    await talk("ada", "/checkin 1h", channel=None)
    opened = await talk("ada", "/edit")
    assert {field.name: field.description for field in opened.form.fields}["learned"] == "Only you see it."
    await talk("ada", "/checkin 2h")
    opened = await talk("ada", "/edit")
    described = {field.name: field.description for field in opened.form.fields}
    assert described["time"] == "Where it was posted, it changes too."
