"""The questions that partners are asked: the built-in ones, and those of a file that the operator brings."""

import tomllib
from collections.abc import Mapping
from functools import cached_property
from importlib import resources
from pathlib import Path

from bot.domain.question import Question, ReadFile, read_questions
from bot.errors import Misconfigured

SETTING = "[partners] questions"
BUILT_IN = ("mathematics", "statistics", "machine_learning", "software_engineering", "devops", "cloud_systems")
"""Names of the built-in files, in the order of the six areas."""


class QuestionBank:
    """Questions that are read when the first is needed, and kept from then on."""

    def __init__(self, own_file: Path | None = None) -> None:
        self.own_file = own_file

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """All questions, the built-in ones first. Raises `Misconfigured` where the operator's file has a fault."""
        return (*self.built_in, *self._read_own())

    def read(self) -> None:
        """Read all questions now. Raises `Misconfigured` where the operator's file has a fault."""
        assert self.questions

    @cached_property
    def built_in(self) -> tuple[Question, ...]:
        """The questions that come with the program."""
        folder = resources.files("bot.questions")
        texts = [(folder / f"{name}.toml").read_text(encoding="utf-8") for name in BUILT_IN]
        return tuple(question for text in texts for question in read_questions(tomllib.loads(text)).questions)

    def find(self, question_id: str) -> Question | None:
        """Return a question by its id; None if it is not asked any more."""
        return self._by_id.get(question_id)

    @cached_property
    def _by_id(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions}

    def read_own_file(self) -> ReadFile:
        """Return what is in the operator's file, and a sentence for each fault; nothing where there is none."""
        if self.own_file is None:
            return ReadFile((), ())
        taken = frozenset(question.id for question in self.built_in)
        try:
            document = tomllib.loads(self.own_file.read_text(encoding="utf-8"))
        except OSError as error:
            return ReadFile((), (f"It can't be read: {error.strerror}.",))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            return ReadFile((), (f"It isn't valid TOML: {error}.",))
        return read_questions(document, taken)

    def _read_own(self) -> tuple[Question, ...]:
        read = self.read_own_file()
        if read.faults:
            more = f" There's more: `tenhours check` lists all {len(read.faults)}." if len(read.faults) > 1 else ""
            raise Misconfigured(f"{SETTING} = '{self.own_file}': {read.faults[0]}{more}")
        return read.questions
