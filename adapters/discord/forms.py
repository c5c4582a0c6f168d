"""A form as a modal, and what was sent back in it; forms that could not be shown at once are kept to be opened again.

A modal can only be the first answer to a press or a command: a form with wrong values, or one that comes late, is
offered by a button instead. Its id names the kept form.
"""

import itertools
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct, json

from adapters.discord import limits
from adapters.discord.buttons import AGAIN
from adapters.discord.markup import legible
from bot.adapter import Core
from bot.chat.button_id import pack
from bot.chat.card import Actions, Block, Button, Card, Line, Style, Tone
from bot.chat.form import Field, FieldKind, Form
from bot.chat.plain import plain_text
from bot.chat.text import Bold
from bot.domain.names import cut

KEY = "discord/form/{}"
ROW, PICK, TEXT, LABELLED, FILE = 1, 3, 4, 18, 19
SHORT, PARAGRAPH = 1, 2

Json = dict[str, Any]


def modal(form: Form) -> Json | None:
    """The form as a modal; None where its id does not fit, which the core never hands out, or where it has no field."""
    custom_id = pack(form.command, form.carried)
    if custom_id is None or not form.fields:
        return None
    inputs = [_labelled(each) for each in form.fields[: limits.INPUTS]]
    return {"title": _short(form.title, limits.FORM_TITLE), "custom_id": custom_id, "components": inputs}


def submitted(components: list[Mapping[str, Any]]) -> dict[str, str | list[str]]:
    """The fields as they were filled in, empty ones too; of files the ids that Discord gave them."""
    return dict(_values(components))


def trouble(form: Form, button: str) -> Card:
    """What is said with the button that opens a form: what was wrong in it, or nothing but that it waits."""
    wrong = [each for each in form.fields if each.error]
    lines: list[Block] = [Line((Bold(each.label), ": ", *each.error)) for each in wrong]
    label = "Try again" if wrong else "Open the form"
    said = lines or [Line(("There is something to fill in.",))]
    tone = Tone.WRONG if wrong else Tone.WARN
    return Card("" if wrong else form.title, (*said, Actions((Button(label, button, style=Style.PRIMARY),))), tone)


class Kept(Struct, frozen=True):
    """A kept form: whose it is, since when, and the name that its button carries."""

    name: str
    user: str
    at: datetime
    form: Form


class FormDrafts:
    """Forms that wait to be opened again, in a ring of slots of the adapter's memory: a quarter of an hour, no more."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._slots = itertools.cycle(range(limits.FORM_DRAFTS))
        self._kept_at: dict[int, datetime] = {}

    async def keep(self, form: Form, user: str, request_id: str) -> str:
        """Keep a form; the command of the button that opens it."""
        slot = next(self._slots)
        name = f"{AGAIN}{slot}.{request_id}"[: limits.CUSTOM_ID]
        kept = Kept(name, user, self._core.now(), form)
        self._kept_at[slot] = kept.at
        await self._core.memory.remember(KEY.format(slot), json.encode(kept).decode())
        return name

    async def find(self, name: str) -> Kept | None:
        """The form that a button opens, if it is still kept."""
        slot = name.removeprefix(AGAIN).partition(".")[0]
        kept = await self._kept(slot) if slot.isascii() and slot.isdigit() and len(slot) < len("1000") else None
        return None if kept is None or kept.name != name or self._is_old(kept.at) else kept

    async def load(self) -> None:
        """Take over what an earlier run kept."""
        for slot in range(limits.FORM_DRAFTS):
            kept = await self._kept(str(slot))
            if kept is not None:
                self._kept_at[slot] = kept.at
        await self.sweep()

    async def sweep(self) -> None:
        """Forget what is too old to be opened: people's words stay no longer than they are of use."""
        for slot, at in list(self._kept_at.items()):
            if self._is_old(at):
                await self._core.memory.forget(KEY.format(slot))
                del self._kept_at[slot]

    async def _kept(self, slot: str) -> Kept | None:
        found = await self._core.memory.recall(KEY.format(slot))
        try:
            return json.decode(found, type=Kept) if found else None
        except msgspec.DecodeError:
            return None

    def _is_old(self, at: datetime) -> bool:
        return self._core.now() - at > timedelta(seconds=limits.FORM_KEPT)


def _labelled(each: Field) -> Json:
    said = plain_text(each.error) or each.hint
    drawn: Json = {"type": LABELLED, "label": _short(each.label, limits.INPUT_LABEL), "component": _input(each)}
    if said:
        drawn["description"] = _short(said, limits.INPUT_DESCRIPTION)
    return drawn


def _input(each: Field) -> Json:
    drawn: Json = {"custom_id": each.name, "required": each.is_required}
    if each.kind is FieldKind.FILE:
        return {"type": FILE, **drawn, "min_values": int(each.is_required), "max_values": 1}
    return {"type": PICK, **drawn, **_pick(each)} if _is_pick(each) else {"type": TEXT, **drawn, **_text(each)}


def _text(each: Field) -> Json:
    longest = max(1, min(each.longest, limits.INPUT))
    drawn: Json = {"style": PARAGRAPH if each.kind is FieldKind.LONG else SHORT, "max_length": longest}
    if each.value:
        drawn["value"] = each.value[:longest]
    if hint := cut(legible(each.hint), limits.PLACEHOLDER):
        drawn["placeholder"] = hint
    return drawn


def _is_pick(each: Field) -> bool:
    """A list to pick from, unless it is too long or what stands in it already is none of it."""
    values = {choice.value for choice in each.choices}
    fits = all(0 < len(value) <= limits.PICK for value in values) and len(values) == len(each.choices)
    return 0 < len(each.choices) <= limits.PICKS and fits and (not each.value or each.value in values)


def _pick(each: Field) -> Json:
    options = [
        {"label": _short(choice.label, limits.PICK), "value": choice.value, "default": choice.value == each.value}
        for choice in each.choices
    ]
    drawn: Json = {"options": options, "min_values": int(each.is_required), "max_values": 1}
    if hint := cut(legible(each.hint), limits.PICK_PLACEHOLDER):
        drawn["placeholder"] = hint
    return drawn


def _values(components: list[Mapping[str, Any]]) -> Iterator[tuple[str, str | list[str]]]:
    for component in components:
        if component.get("type") == ROW:
            yield from _values(component.get("components") or [])
        elif component.get("type") == LABELLED:
            yield from _values([component["component"]] if component.get("component") else [])
        elif component.get("type") == FILE:
            yield str(component.get("custom_id")), [str(key) for key in component.get("values") or []]
        elif component.get("custom_id"):
            picked = component.get("values")
            value = component.get("value") if picked is None else next(iter(picked), "")
            yield str(component["custom_id"]), str(value or "")


def _short(text: str, limit: int) -> str:
    return cut(" ".join(legible(text).split()), limit) or "…"
