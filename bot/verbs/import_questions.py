"""Questions of an import: asked in a terminal; in a script, each is named with the option that answers it."""

import asyncio
import sys
from collections.abc import Sequence

from bot.chat.card import Card
from bot.chat.plain import plain
from bot.domain.timesheet.answers import About, Question
from bot.domain.timesheet.outcome import NewSession
from bot.errors import TenHoursError
from bot.views import importing as view
from bot.views import words

MOST_CHOICES = 12
OPTIONS = {
    About.UNIT: "--unit",
    About.ORDER: "--dates",
    About.YEAR: "--year",
    About.MEMBER: "--member",
    About.COLUMN: "--column",
    About.TWINS: "--twins",
}


class QuestionsOpen(TenHoursError):
    """What a file leaves open, where nobody can be asked: the questions, and the options that answer them."""

    def __init__(self, questions: Sequence[Question], samples: Sequence[NewSession]) -> None:
        self.questions = tuple(questions)
        count = words.plural(len(questions), "question")
        lines = [f"{count} before anything is brought in. Nothing was written."]
        for question in questions:
            lines += [
                "",
                question.text,
                *(f"    {_option(question, choice)}" for choice in question.choices[:MOST_CHOICES]),
            ]
        if all(question.proposed is not None for question in questions):
            said = " ".join(_option(question, question.proposed or "") for question in questions)
            lines += ["", f"--yes takes the likeliest: {said}", *_say_samples(samples)]
        super().__init__("\n".join(lines))


def is_terminal() -> bool:
    """Return True if somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


async def ask(question: Question, samples: Sequence[NewSession]) -> str:
    """Ask in the terminal until the answer is one that there is, and return it."""
    lines = [question.text, *_say_samples(samples)]
    choices = question.choices
    lines += [f"  {number}  {choice}" for number, choice in enumerate(choices, 1)]
    while True:
        default = f" [{question.proposed}]" if question.proposed else ""
        said = (await _input("\n".join([*lines, f"Answer{default}: "]))).strip()
        if not said and question.proposed:
            return question.proposed
        if said.isascii() and said.isdigit() and 1 <= int(said) <= len(choices):
            return choices[int(said) - 1]
        if said in choices or (said and question.about in (About.MEMBER, About.YEAR, About.COLUMN)):
            return said
        lines = ["That isn't one of the answers. Type one of them, or its number."]


async def confirm(text: str, question: str) -> bool:
    """Show a text, and ask whether to go on."""
    said = (await _input(f"{text}\n{question} [y/n] ")).strip().casefold()
    return said in ("y", "yes")


async def _input(prompt: str) -> str:
    """Return the line that is typed. Whoever stops the program meanwhile is not waited for."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    loop = asyncio.get_running_loop()
    is_there: asyncio.Future[None] = loop.create_future()
    loop.add_reader(sys.stdin.fileno(), _settle, is_there)
    try:
        await is_there
    finally:
        loop.remove_reader(sys.stdin.fileno())
    line = sys.stdin.readline()
    if not line:
        raise TenHoursError("Nobody answered. Nothing was written.")
    return line


def _settle(is_there: asyncio.Future[None]) -> None:
    if not is_there.done():
        is_there.set_result(None)


def _option(question: Question, choice: str) -> str:
    """Return an answer as it is typed on the command line."""
    if question.about is About.COLUMN:
        return " ".join(f"{OPTIONS[About.COLUMN]} {_quoted(part)}" for part in choice.split(","))
    return f"{OPTIONS[question.about]} {_quoted(choice)}"


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word


def _say_samples(samples: Sequence[NewSession]) -> list[str]:
    return [plain(Card("", tuple(view.say_samples(samples))))] if samples else []
