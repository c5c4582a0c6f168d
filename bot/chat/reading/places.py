"""The places of words: which of them each typed option takes, in whatever order, and which are left for a text.

Values stand before and behind the text, never within it. Of all ways to part a line the one counts that leaves least
over. Words that may belong to a value or to the text beside it are `doubtful`, so that the line has a second reading.
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import islice
from typing import Any

from msgspec import Struct

from bot.chat.command import Beside, Option, OptionKind, Reading
from bot.chat.reading.line import MAX_RUN_WORDS, PREPOSITIONS, Line
from bot.errors import Understood

MAX_CHAINS = 300
"""Ways to read one side of a line that are looked at."""
MAX_FILLERS = 3
"""Words without a meaning of their own that may stand before a value."""
MAX_NAME_WORDS = 2

Options = Sequence[Option[Any]]


class Fit(IntEnum):
    """The way in which an option reads words, the best first."""

    VALUE = 0
    QUESTION = 1
    OUT_OF_BOUNDS = 2


class Run(Struct, frozen=True):
    """Words that a typed option takes: its name, which needs no colon, if it stands there, and its value behind."""

    option: Option[Any]
    start: int
    value_start: int
    end: int
    fit: Fit

    @property
    def is_by_name(self) -> bool:
        """True if the option's name stands in front of the value."""
        return self.start < self.value_start


Chain = tuple[Run, ...]


class Doubt(IntEnum):
    """How surely the words of a run belong to it and not to the text beside them."""

    NONE = 0
    BOUND = 1
    """A preposition binds them to the text: "the exam on friday"."""
    LOOSE = 2
    """They are part of a text as easily: "chapter 3"."""


class Parting(Struct, frozen=True):
    """A way to part a line: runs of typed options, and the words from `start` to before `end` that are left.

    `doubtful` are the runs beside these words that may belong to them, and `doubt` is the greatest of their doubts.
    """

    runs: Chain
    start: int
    end: int
    doubtful: Chain = ()
    doubt: Doubt = Doubt.NONE

    @property
    def is_all_read(self) -> bool:
        """True if no word is left."""
        return self.start >= self.end

    @property
    def names(self) -> frozenset[str]:
        """The names of the options that take words."""
        return frozenset(run.option.name for run in self.runs)

    def run_of(self, option: Option[Any]) -> Run | None:
        """Return the run that an option takes, None if it takes none."""
        return next((run for run in self.runs if run.option.name == option.name), None)


class Places:
    """The search for the places of a line's words among typed options; `has_text` tells that a text takes the rest."""

    def __init__(self, line: Line, options: Options, reading: Reading, *, has_text: bool) -> None:
        self._line = line
        self._options = [option for option in options if not option.kind.is_free and not option.kind.takes_all]
        self._reading = reading
        self._has_text = has_text
        self._all: list[Parting] = []
        self._required = {option.name for option in self._options if option.is_required}

    def find(self) -> list[Parting]:
        """Return the partings, those without a doubt first, and of these the best first."""
        whole = self._read_whole()
        if whole is not None:
            return [Parting((whole,), whole.end, whole.end)]
        unique: dict[Chain, Parting] = {}
        for parting in sorted(self._partings(), key=self._rank):
            unique.setdefault(parting.runs, parting)
        self._all = list(unique.values())
        if not any(run.option.kind is OptionKind.DURATION and not self._is_weak(run) for run in _runs_of(self._all)):
            return self._all
        return [parting for parting in self._all if not any(map(self._is_weak, parting.runs))]

    def find_with(self, option: Option[Any], start: int, end: int) -> Parting | None:
        """Return the best parting in which an option takes just these words; None if there is none."""
        for parting in self._all:
            run = parting.run_of(option)
            if run is not None and (run.value_start, run.end) == (start, end):
                return parting
        return None

    def _is_weak(self, run: Run) -> bool:
        """Return True for a number without a unit: it is no time where another one says its unit."""
        return run.option.kind is OptionKind.DURATION and self._is_loose(run, Beside("", ""))

    def lacks(self, parting: Parting) -> int:
        """Count the required options that a parting leaves out."""
        return len(self._required - parting.names)

    def cost(self, parting: Parting) -> tuple[int, int, int, int]:
        """Return what a parting leaves open: required options, words, questions, and words passed over."""
        left = self._line.count_said(parting.start, parting.end)
        passed_over = len(self._line) - sum(run.end - run.start for run in parting.runs)
        return self.lacks(parting), left, sum(run.fit for run in parting.runs), passed_over

    def _rank(self, parting: Parting) -> tuple[object, ...]:
        order = [self._options.index(run.option) for run in parting.runs]
        starts = [run.start for run in parting.runs]
        return parting.doubt > Doubt.NONE, *self.cost(parting), sorted(order), order, starts

    def _read_whole(self) -> Run | None:
        """Return the run of the first option that takes all words, where no required option is missing then."""
        for option in self._options:
            if self._required <= {option.name} and not option.is_named:
                run = self._run(option, 0, 0, len(self._line))
                if run is not None and run.fit is Fit.VALUE:
                    return run
        return None

    def _partings(self) -> Iterator[Parting]:
        before = list(islice(self._forward(0, self._options), MAX_CHAINS))
        behind = list(islice(self._backward(len(self._line), self._options), MAX_CHAINS))
        for runs, start in before:
            taken = {run.option.name for run in runs}
            for more, end in behind:
                if start <= end and taken.isdisjoint(run.option.name for run in more):
                    parting = self._parting(runs, more, start, end)
                    if self._is_in_order(parting):
                        yield parting

    def _parting(self, before: Chain, behind: Chain, start: int, end: int) -> Parting:
        is_nothing = self._line.is_sign if self._has_text and not behind else self._line.is_filler
        if all(map(is_nothing, range(start, end))):
            return Parting((*before, *behind), end, end)
        doubts = dict(self._doubts(before, behind, start, end)) if self._has_text else {}
        doubt = max(doubts.values(), default=Doubt.NONE)
        return Parting((*before, *behind), start, end, tuple(doubts), doubt)

    def _is_in_order(self, parting: Parting) -> bool:
        """Return True if of two options that can read the same words the earlier one takes those that come first."""
        starts = {run.option.name: run.start for run in parting.runs}
        return not any(
            starts.get(earlier.name, len(self._line)) > run.start
            and earlier.kind is run.option.kind
            and earlier.reads(self._line.run(run.value_start, run.end), self._reading)
            for run in parting.runs
            if not run.is_by_name
            for earlier in self._options[: self._options.index(run.option)]
        )

    def _word_from(self, start: int, end: int) -> str:
        """Return the first word of a text that says something."""
        return next((self._line.word(at) for at in range(start, end) if not self._line.is_filler(at)), "")

    def _doubts(self, before: Chain, behind: Chain, start: int, end: int) -> Iterator[tuple[Run, Doubt]]:
        """Yield the runs beside the text that may as well be part of it."""
        if (
            before
            and not self._line.is_parted(start)
            and self._is_loose(before[-1], Beside("", self._word_from(start, end)))
        ):
            yield before[-1], Doubt.LOOSE
        if not behind or self._line.is_parted(behind[0].start):
            return
        first = behind[0]
        is_ahead = first.fit is Fit.OUT_OF_BOUNDS and not first.option.is_required
        if is_ahead or self._is_loose(first, Beside(self._line.word(first.start - 1), "")):
            yield first, Doubt.LOOSE
        elif {self._line.word(first.start - 1), self._line.word(first.start)} & PREPOSITIONS:
            yield first, Doubt.BOUND

    def _is_loose(self, run: Run, beside: Beside) -> bool:
        is_loose = run.option.is_loose
        said = self._line.run(run.value_start, run.end)
        return is_loose is not None and not run.is_by_name and is_loose(said, beside, self._reading)

    def _forward(self, at: int, options: Options) -> Iterator[tuple[Chain, int]]:
        """Yield the chains of runs that begin at a word, each with where it ends; the empty one first."""
        yield (), at
        for start in range(at, min(at + MAX_FILLERS, len(self._line) - 1) + 1):
            for run in self._runs_from(start, options):
                rest = [option for option in options if option is not run.option]
                yield from (((run, *more), end) for more, end in self._forward(run.end, rest))
            if not self._line.is_filler(start):
                return

    def _backward(self, end: int, options: Options) -> Iterator[tuple[Chain, int]]:
        """Yield the chains of runs that end before a word, each with where it begins; the empty one first."""
        yield (), end
        for last in range(end, max(end - MAX_FILLERS, 1) - 1, -1):
            for run in self._runs_to(last, options):
                rest = [option for option in options if option is not run.option]
                yield from (((*more, run), start) for more, start in self._backward(run.start, rest))
            if not self._line.is_filler(last - 1):
                return

    def _runs_from(self, start: int, options: Options) -> Iterator[Run]:
        for option in options:
            for value_start in range(start, min(start + MAX_NAME_WORDS, len(self._line) - 1) + 1):
                if self._may_begin(option, start, value_start):
                    for end in range(min(value_start + MAX_RUN_WORDS, len(self._line)), value_start, -1):
                        if (run := self._run(option, start, value_start, end)) is not None:
                            yield run

    def _runs_to(self, end: int, options: Options) -> Iterator[Run]:
        for option in options:
            for value_start in range(max(0, end - MAX_RUN_WORDS), end):
                if (run := self._run(option, value_start, value_start, end)) is not None:
                    for start in range(max(0, value_start - MAX_NAME_WORDS), value_start + 1):
                        if self._may_begin(option, start, value_start):
                            yield Run(option, start, value_start, end, run.fit)

    def _may_begin(self, option: Option[Any], start: int, value_start: int) -> bool:
        """Return True if the words up to the value are the option's name, or none are and it needs no name."""
        if start < value_start:
            return self._words(start, value_start) in option.names
        names = {self._words(before, start) for before in range(max(0, start - MAX_NAME_WORDS), start)}
        is_behind_name = any(not names.isdisjoint(other.names) for other in self._options)
        return not is_behind_name and (not option.is_named or option.is_loose is not None)

    def _words(self, start: int, end: int) -> str:
        return " ".join(self._line.word(at) for at in range(start, end))

    def _run(self, option: Option[Any], start: int, value_start: int, end: int) -> Run | None:
        said = self._line.run(value_start, end)
        if not said or self._line.is_sign(value_start) or self._line.has_gap(start, end):
            return None
        refused = option.refusal(said, self._reading)
        if refused is not None and not isinstance(refused, Understood):
            return None
        fit = Fit.VALUE if refused is None else Fit.QUESTION if refused.offers else Fit.OUT_OF_BOUNDS
        run = Run(option, start, value_start, end, fit)
        is_thing = option.kind is OptionKind.DAY and value_start > 0 and self._line.word(value_start - 1) == "the"
        return None if (option.is_named or is_thing) and self._is_loose(run, Beside("", "")) else run


def _runs_of(partings: Sequence[Parting]) -> Iterator[Run]:
    for parting in partings:
        yield from parting.runs
