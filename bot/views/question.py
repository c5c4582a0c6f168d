"""Questions about what was typed: what may be meant, as buttons that carry everything else along."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from bot.chat.card import Button, Card, Style
from bot.chat.command import Given, Option, OptionKind, Spec
from bot.chat.reading.commands import UnknownCommand
from bot.chat.refusal import refusal_text
from bot.chat.text import Code
from bot.domain.day import say_day
from bot.domain.duration import say
from bot.domain.names import capitalize, cut
from bot.errors import Refused, Understood
from bot.views import words

ASKED = "asked"
"""Given by every button of a question, so that its answer takes the place of the question."""
REFILL = "refill"
"""Given by the button of a refusal that opens the form with all that was typed, right and wrong."""
MAX_LABEL_CHARACTERS = 34
MAX_BUTTONS = 4

Raw = Mapping[str, str]


class Choice(NamedTuple):
    """A command that may be meant: its options as words, and all that was typed behind its name."""

    spec: Spec
    raw: Raw
    rest: str

    @property
    def options(self) -> list[Option[object]]:
        """The options that have words."""
        return [option for option in self.spec.visible if option.name in self.raw]

    @property
    def label(self) -> str:
        """The words of its button."""
        return f"{self.spec.verb or capitalize(self.spec.name)} {' '.join(self.rest.split())}"


def offers(spec: Spec, raw: Raw, refused: Refused) -> Card:
    """Ask which of its offers was meant; each button gives the command once more, with that in the option's place."""
    is_near_miss = not isinstance(refused, Understood)
    buttons: list[Button] = []
    for offer in refused.offers[:MAX_BUTTONS]:
        changed = {**raw, refused.about: offer.words} if offer.words else _without(raw, refused.about)
        style = Style.PRIMARY if is_near_miss and offer.words and not buttons else Style.PLAIN
        buttons.append(_button(offer.label, spec, changed, style))
    return words.question("", refusal_text(refused), *buttons)


def refill_button(spec: Spec, raw: Raw) -> Button:
    """Return the button of a refusal that opens the form with all that was typed."""
    return Button("Change it", spec.name, {**raw, REFILL: "1"}, opens_form=True)


def with_note(spec: Spec, raw: Raw, refused: Refused, card: Card) -> Card:
    """Return the question about an unknown area with one more button, by which its words become the note."""
    note = next((option for option in spec.visible if option.kind is OptionKind.LONG), None)
    option = spec.option(refused.about)
    if note is None or raw.get(note.name) or option is None or option.kind is not OptionKind.AREA:
        return card
    moved = {**_without(raw, refused.about), note.name: raw[refused.about]}
    buttons = [*card.buttons(), _button("It's a note", spec, moved, Style.PLAIN)]
    return words.question(card.title, refusal_text(refused), *buttons[:MAX_BUTTONS])


def readings(spec: Spec, refused: Refused, choices: Sequence[tuple[Raw, Given]], today: date) -> Card:
    """Ask which reading of a line is meant, each with its options and what they were read as."""
    shown = _differing(spec, [raw for raw, _ in choices])
    buttons = [_button(_label(shown, given, today), spec, raw, Style.PLAIN) for raw, given in choices]
    return words.question("", refusal_text(refused), *buttons[:MAX_BUTTONS])


def commands(unknown: UnknownCommand, choices: Sequence[Choice]) -> Card:
    """Say that there is no such command, and offer those that may be meant, with the words that were typed."""
    if not choices:
        return words.refusal(unknown)
    names: list[str | Code] = []
    for choice in choices:
        names += [" or " if names else " Did you mean ", Code(f"/{choice.spec.name}")]
    style = Style.PRIMARY if len(choices) == 1 else Style.PLAIN
    buttons = [_button(choice.label, choice.spec, choice.raw, style) for choice in choices]
    return words.question("", (*refusal_text(unknown), *names, "?"), *buttons[:MAX_BUTTONS])


def _button(label: str, spec: Spec, raw: Raw, style: Style) -> Button:
    options = {**raw, ASKED: "1"}
    return Button(cut(label.strip(), MAX_LABEL_CHARACTERS), spec.name, options, style, opens_form=spec.needs_form(raw))


def _without(raw: Raw, name: str) -> dict[str, str]:
    return {other: text for other, text in raw.items() if other != name}


def _differing(spec: Spec, raws: Sequence[Raw]) -> list[Option[object]]:
    """Return the options in which readings differ; all of them, where there is only one."""
    return [option for option in spec.visible if len(raws) == 1 or len({raw.get(option.name, "") for raw in raws}) > 1]


def _label(options: Sequence[Option[object]], given: Given, today: date) -> str:
    return " · ".join(_say_values(options, given, today))


def _say_values(options: Sequence[Option[object]], given: Given, today: date) -> Iterator[str]:
    for option in options:
        value = given[option]
        match value:
            case None:
                if option.kind.is_free or not given.raw.get(option.name):
                    continue
                yield given.raw[option.name]
            case date():
                yield capitalize(say_day(value, today))
            case int() if option.kind is OptionKind.DURATION:
                yield say(value)
            case str() if option.kind.is_free:
                yield f"“{' '.join(value.split())}”"
            case _:
                yield str(value) if isinstance(value, str) else given.raw[option.name]
