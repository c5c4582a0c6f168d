"""A typed line to the words of each option: the names that stand in it, then the places of all other words.

Words that could go to two places are asked about (`Unclear`), never guessed (product rules, "What people type").
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from bot.chat.command import Option, OptionKind, Reading, Spec
from bot.chat.reading.line import ABOUT, PREPOSITIONS, Line, unquote
from bot.chat.reading.names import Stretch, find_names, measure_value
from bot.chat.reading.places import Doubt, Fit, Parting, Places, Run
from bot.domain.area_names import find_misspelled
from bot.domain.duration import has_unit
from bot.domain.names import quoted
from bot.errors import Refused, Typed, Understood

MAX_LINE_CHARACTERS = 12_000
MAX_READINGS = 3
MAX_TIME_WORDS = 4

Raw = dict[str, str]
"""The words of each option, by its name."""


class Unclear(Refused):
    """A line with several readings, or one that is only likely: the words of each option in each of them."""

    def __init__(self, sentence: str, readings: Sequence[Mapping[str, str]]) -> None:
        super().__init__(sentence)
        self.readings = [dict(reading) for reading in readings]


def split_words(spec: Spec, words: str, reading: Reading) -> Raw:
    """Return the words of each option in a typed line without the command's name.

    Raises `Unclear` for a line with several readings, `Refused` for words without a place.
    """
    if len(words) > MAX_LINE_CHARACTERS:
        raise Refused(f"That line has {len(words):,} characters; {MAX_LINE_CHARACTERS:,} fit.", example_of(spec))
    text = _add_colon(spec, words)
    named, unnamed = _take_named(spec, text, reading)
    line = Line(text, unnamed)
    options = [option for option in spec.visible if option.name not in named]
    if not line.words:
        return named
    first = options[0] if options else None
    if first is not None and first.kind.takes_all and not first.is_named:
        return {first.name: line.said(0, len(line)), **named}
    try:
        readings = [{**raw, **named} for raw in _Placing(spec, line, options, reading).readings()]
    except Unclear as unclear:
        unclear.readings = [{**raw, **named} for raw in unclear.readings]
        raise
    if len(readings) > 1:
        raise Unclear("I can read that in more than one way. Which one is it?", readings)
    return readings[0]


def example_of(spec: Spec) -> str:
    """Return a line that the command takes."""
    return spec.examples[0] if spec.examples else f"/{spec.name}"


def _add_colon(spec: Spec, words: str) -> str:
    """Return `words` with a colon after the verb that they begin with, if they do."""
    first, *rest = words.split(maxsplit=1)[:2] or [""]
    is_verb = any(option.is_verb and option.name == first.casefold() for option in spec.visible)
    return f"{first}: {rest[0]}" if is_verb and rest else words


def _take_named(spec: Spec, text: str, reading: Reading) -> tuple[Raw, list[Stretch]]:
    """Return the words of the options that are named, and the stretches of the text that no name claims."""
    parts = find_names(spec, text, reading)
    raw, unnamed = Raw(), [parts.leading]
    for option in spec.visible:
        if (stretch := parts.named.get(option.name)) is None:
            continue
        line = Line(text, [stretch])
        is_text = option.kind.is_free or option.kind.takes_all
        count = len(line) if is_text else measure_value(option, line, reading)
        if count == len(line):
            raw[option.name] = unquote(text[slice(*stretch)].strip())
        elif count:
            raw[option.name] = line.said(0, count)
            unnamed.append((line.words[count].start, stretch[1]))
        else:
            others = [other for other in spec.visible if other.name not in parts.named]
            raw |= _take_unreadable(option, others, line, reading)
    return raw, sorted(unnamed)


def _take_unreadable(option: Option[Any], others: list[Option[Any]], line: Line, reading: Reading) -> Raw:
    """Return the words of a named option that it cannot read, but for those at the end that others can."""
    partings = Places(line, others, reading, has_text=True).find()
    behind = (parting for parting in partings if parting.doubt is Doubt.NONE and not parting.start and parting.end)
    parting = next(behind, Parting((), 0, len(line)))
    return {option.name: line.said(0, parting.end), **_words_of(parting.runs, line)}


def _words_of(runs: Sequence[Run], line: Line) -> Raw:
    return {run.option.name: line.said(run.value_start, run.end) for run in runs}


class _Placing:
    """The words of a line that no name claims, on their way to the options that are still open."""

    def __init__(self, spec: Spec, line: Line, options: list[Option[Any]], reading: Reading) -> None:
        self._spec = spec
        self._line = line
        self._options = options
        self._reading = reading
        self._text = next((option for option in options if option.kind.is_free and not option.is_named), None)
        self._places = Places(line, options, reading, has_text=self._text is not None)

    def readings(self) -> list[Raw]:
        """Return the words of each option: one reading, or several. Raises `Unclear` or `Refused`."""
        partings = self._choose(self._places.find())
        readings = [raw for parting in partings for raw in self._finish(parting, is_asked=len(partings) > 1)]
        ahead = next((run for run in partings[0].doubtful if run.fit is Fit.OUT_OF_BOUNDS), None)
        if ahead is None:
            return readings
        refused = ahead.option.refusal(self._line.run(ahead.value_start, ahead.end), self._reading)
        assert refused is not None
        raise Unclear(refused.sentence, readings[1:])

    def _choose(self, partings: list[Parting]) -> list[Parting]:
        """Return the partings that make sense: the best of those without doubt, and what it leaves out, if anything."""
        sure = next(parting for parting in partings if parting.doubt is Doubt.NONE)
        other = next((parting for parting in partings if parting.doubt and self._adds_to(parting, sure)), None)
        if other is None or (sure.is_all_read and not self._places.lacks(sure)):
            return self._find_equal(partings, sure)
        is_better = self._places.lacks(other) < self._places.lacks(sure)
        if is_better and other.doubt is Doubt.BOUND:
            certain = other.names - {run.option.name for run in other.doubtful if not run.option.is_required}
            return [other, *islice((parting for parting in partings if parting.names == certain < other.names), 1)]
        return [other, sure]

    def _adds_to(self, other: Parting, sure: Parting) -> bool:
        """Return True if a doubtful parting fills an option more, or takes more words for the same one."""
        if not other.names <= sure.names:
            return True
        for run in other.doubtful:
            same = sure.run_of(run.option)
            if same is not None and same.start == run.start and same.end < run.end:
                return True
        return False

    def _find_equal(self, partings: list[Parting], best: Parting) -> list[Parting]:
        """Return the best parting, and others that leave as much open but give an option another value."""
        unique = {self._values(best): best}
        for parting in partings:
            is_equal = parting.doubt is best.doubt and self._places.cost(parting) == self._places.cost(best)
            if is_equal and parting.names == best.names:
                unique.setdefault(self._values(parting), parting)
        return list(unique.values())[:MAX_READINGS]

    def _values(self, parting: Parting) -> frozenset[tuple[str, object]]:
        return frozenset((run.option.name, self._value(run)) for run in parting.runs)

    def _value(self, run: Run) -> object:
        words = self._line.run(run.value_start, run.end)
        return run.option.value(words, self._reading) if run.fit is Fit.VALUE else words

    def _finish(self, parting: Parting, *, is_asked: bool) -> list[Raw]:
        """Return the words of each option, with those that are left where they belong: mostly one reading of them.

        Of a parting that `is_asked` about, all that is left is a text: one question is enough.
        """
        raw = _words_of(parting.runs, self._line)
        if parting.is_all_read:
            return [raw]
        start = self._skip_name(parting)
        rest = self._line.free(start, parting.end)
        if not rest:
            return [raw]
        missing = [option for option in self._options if option.name not in raw and option is not self._text]
        self._require_one_time(parting)
        if self._text is None:
            return [raw | self._give_next(rest, missing, parting)]
        if self._is_said_twice(parting, rest):
            return [raw]
        if is_asked or self._line.word(parting.start) in ABOUT:
            return [{**raw, self._text.name: rest}]
        return [raw | more for more in self._give_text(rest, missing, self._text)]

    def _skip_name(self, parting: Parting) -> int:
        """Return where the text begins: behind its name, if that stands without a colon after a value."""
        is_named = self._text is not None and self._line.word(parting.start) == self._text.name
        return parting.start + (is_named and 0 < parting.start < parting.end - 1)

    def _give_next(self, rest: str, missing: list[Option[Any]], parting: Parting) -> Raw:
        """Return words that no option can read for the next one in turn, which is to refuse them.

        An earlier one that reads what follows them may be meant: "last month", where there is only "month".
        """
        missing = [option for option in missing if not option.is_named]
        following = next((option for option in missing if option.is_in_form), missing[0] if missing else None)
        behind = next((run for run in parting.runs if run.start >= parting.end), None)
        order = [option.name for option in self._spec.visible]
        if behind is not None and (following is None or order.index(behind.option.name) < order.index(following.name)):
            return {behind.option.name: self._line.said(parting.start, behind.end)}
        if following is None:
            raise Refused((Typed(f"/{self._spec.name}"), f" has no place for {quoted(rest)}."), example_of(self._spec))
        return {following.name: rest}

    def _give_text(self, rest: str, missing: list[Option[Any]], text: Option[Any]) -> list[Raw]:
        """Return words that no option can read: for a text, unless they are more likely a value mistyped."""
        required = next((option for option in missing if option.is_required), None)
        before = self._spec.visible[: self._spec.visible.index(text)]
        area = next((option for option in missing if option.kind is OptionKind.AREA and option in before), None)
        is_one_word = len(rest.split()) == 1
        misspelled = None if area is None else find_misspelled(rest, self._reading.areas)
        if required is not None and misspelled is None and (is_one_word or not rest[0].isalpha()):
            return [{required.name: rest}]
        if area is not None and is_one_word and rest[-1].isalpha():
            return [{area.name: rest}]
        if area is not None and misspelled is not None:
            name, others = misspelled
            return [{area.name: name, **({text.name: others} if others else {})}, {text.name: rest}]
        return [{text.name: rest}]

    def _require_one_time(self, parting: Parting) -> None:
        """Raise `Unclear`, with a reading for each, if the text that is left begins or ends with another time."""
        time = next((run for run in parting.runs if run.option.kind is OptionKind.DURATION), None)
        other = None if time is None else self._find_other_time(parting, time.option)
        if time is None or other is None:
            return
        places = sorted([(time.value_start, time.end), other])
        first, second = (quoted(self._line.said(*place).rstrip(",")) for place in places)
        found = [self._places.find_with(time.option, *place) for place in places]
        readings = [self._with_text(one) for one in found if one is not None]
        raise Unclear(f"I read two times, {first} and {second}, and a check-in takes one. Which one is it?", readings)

    def _find_other_time(self, parting: Parting, option: Option[Any]) -> tuple[int, int] | None:
        """Return the place of a time in the text that is left; a bare number is one where it is all that is left."""
        first = next((at for at in range(parting.start, parting.end) if not self._line.is_filler(at)), parting.end)
        for count in range(1, min(MAX_TIME_WORDS, parting.end - first) + 1):
            for start in (first, parting.end - count):
                words = self._line.run(start, start + count)
                is_bound = start > first and self._line.word(start - 1) in PREPOSITIONS
                is_alone = start == 0 and start + count == parting.end
                if words and (is_alone or has_unit(words)) and not is_bound and _is_time(option, words, self._reading):
                    return start, start + count
        return None

    def _with_text(self, parting: Parting) -> Raw:
        """Return the words of each option, and all that is left as the text."""
        rest = self._line.free(self._skip_name(parting), parting.end)
        text = {self._text.name: rest} if self._text is not None and rest else {}
        return _words_of(parting.runs, self._line) | text

    def _is_said_twice(self, parting: Parting, rest: str) -> bool:
        """Return True if the text that is left is only a day once more. Raises `Unclear` if it is another day."""
        day = next((run for run in parting.runs if run.option.kind is OptionKind.DAY), None)
        if day is None or not day.option.reads(rest, self._reading):
            return False
        said = self._line.said(day.value_start, day.end)
        if day.option.value(rest, self._reading) == day.option.value(said, self._reading):
            return True
        raw = _words_of(parting.runs, self._line)
        readings = [raw, {**raw, day.option.name: rest}]
        raise Unclear(f"I read two days, {quoted(said)} and {quoted(rest)}. Which one is it?", readings)


def _is_time(option: Option[Any], words: str, reading: Reading) -> bool:
    refused = option.refusal(words, reading)
    return refused is None or isinstance(refused, Understood)
