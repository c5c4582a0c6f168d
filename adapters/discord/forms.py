"""A form as a modal, and what was sent back in it; forms that could not be shown at once are kept to be opened again.

A modal can only be the first answer to a press or a command: a form with wrong values, or one that comes late, is
offered by a button instead. Its id names the kept form.
"""

import itertools
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import discord
import msgspec
from msgspec import Struct, json

from adapters.discord import limits
from adapters.discord.buttons import AGAIN
from adapters.discord.markup import legible
from bot.adapter import Core
from bot.chat.button_id import pack
from bot.chat.card import Actions, Block, Button, Card, Line, Style, Tone
from bot.chat.form import Field, FieldKind, Form
from bot.chat.text import Bold
from bot.domain.names import cut

KEY = "discord/form/{}"
ROW, LABELLED = 1, 18


def modal(form: Form) -> discord.ui.Modal | None:
    """The form as a modal; None where its id does not fit, which the core never hands out, or where it has no field."""
    custom_id = pack(form.command, form.carried)
    if custom_id is None or not form.fields:
        return None
    drawn = discord.ui.Modal(title=_short(form.title, limits.FORM_TITLE), custom_id=custom_id)
    for each in form.fields[: limits.INPUTS]:
        drawn.add_item(_input(each))
    drawn.stop()
    return drawn


def submitted(components: list[Mapping[str, Any]]) -> dict[str, str]:
    """The fields as they were filled in, empty ones too."""
    return dict(_values(components))


def trouble(form: Form, button: str) -> Card:
    """What is said with the button that opens a form: what was wrong in it, or nothing but that it waits."""
    wrong = [each for each in form.fields if each.wrong]
    lines: list[Block] = [Line((Bold(each.label), f": {each.wrong}")) for each in wrong]
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

    async def find(self, name: str, user: str) -> Form | None:
        """The form that a button opens, if it is still kept and theirs."""
        slot = name.removeprefix(AGAIN).partition(".")[0]
        kept = await self._kept(slot) if slot.isascii() and slot.isdigit() and len(slot) < len("1000") else None
        if kept is None or (kept.name, kept.user) != (name, user) or self._is_old(kept.at):
            return None
        return kept.form

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


def _input(each: Field) -> discord.ui.Label[discord.ui.Modal]:
    said = each.wrong or each.hint
    description = _short(said, limits.INPUT_DESCRIPTION) if said else None
    component = _pick(each) if _is_pick(each) else _text(each)
    return discord.ui.Label(text=_short(each.label, limits.INPUT_LABEL), component=component, description=description)


def _text(each: Field) -> discord.ui.TextInput[discord.ui.Modal]:
    longest = max(1, min(each.longest, limits.INPUT))
    return discord.ui.TextInput(
        custom_id=each.name,
        style=discord.TextStyle.paragraph if each.kind is FieldKind.LONG else discord.TextStyle.short,
        placeholder=cut(legible(each.hint), limits.PLACEHOLDER) or None,
        default=each.value[:longest] or None,
        required=each.is_required,
        max_length=longest,
    )


def _is_pick(each: Field) -> bool:
    """A list to pick from, unless it is too long or what stands in it already is none of it."""
    values = {choice.value for choice in each.choices}
    fits = all(0 < len(value) <= limits.PICK for value in values) and len(values) == len(each.choices)
    return 0 < len(each.choices) <= limits.PICKS and fits and (not each.value or each.value in values)


def _pick(each: Field) -> discord.ui.Select[discord.ui.Modal]:
    options = [
        discord.SelectOption(
            label=_short(choice.label, limits.PICK), value=choice.value, default=choice.value == each.value
        )
        for choice in each.choices
    ]
    return discord.ui.Select(
        custom_id=each.name,
        options=options,
        min_values=1 if each.is_required else 0,
        required=each.is_required,
        placeholder=cut(legible(each.hint), limits.PICK_PLACEHOLDER) or None,
    )


def _values(components: list[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        if component.get("type") == ROW:
            yield from _values(component.get("components") or [])
        elif component.get("type") == LABELLED:
            yield from _values([component["component"]] if component.get("component") else [])
        elif component.get("custom_id"):
            picked = component.get("values")
            value = component.get("value") if picked is None else next(iter(picked), "")
            yield str(component["custom_id"]), str(value or "")


def _short(text: str, limit: int) -> str:
    return cut(" ".join(legible(text).split()), limit) or "…"
