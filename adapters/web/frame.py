"""What every page has around its own content: who looks, at which page, and what came of what they sent last."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.chat.card import Card
from bot.chat.form import Form
from bot.chat.page import Section
from bot.chat.request import Answer, Reply

STYLE = "/static/style.css"


@dataclass(frozen=True, slots=True)
class Question:
    """A command that a page asks the core, under the `key` by which it finds the answer; or that command's form.

    Where it `opens_form`, a command that comes with its form by itself is asked for it as it is, so that the core fills
    it in, and only any other is told to open it (`Spec.needs_form`).
    """

    key: str
    command: str
    options: Mapping[str, str] = field(default_factory=dict)
    opens_form: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """The surroundings of a page.

    `path` is its own address, with the query; `viewer` the name of who is signed in (None: nobody is), `groups` the ids
    and names of their groups, `organised` the ids of those whose settings they may see, and `here` the entry of the
    navigation that is shown: `me`, `group:3`, or "".

    `outcome` is the card of what was sent before, shown once; `refused` its form where something in it was wrong, with
    all that was typed and the errors. `reading` names the commands that only read, whose buttons are links. `token`
    stands in every form.
    """

    path: str
    token: str = ""
    viewer: str | None = None
    groups: tuple[tuple[str, str], ...] = ()
    organised: frozenset[str] = frozenset()
    here: str = ""
    outcome: Card | None = None
    refused: Form | None = None
    reading: frozenset[str] = frozenset()
    style: str = STYLE

    def refused_form(self, command: str) -> Form | None:
        """Return what was refused of a command's form; None where it was another's, or nothing was."""
        return self.refused if self.refused is not None and self.refused.command == command else None


Answers = Mapping[str, Answer]
"""The answers to a page's questions, by their keys."""


def card_of(answers: Answers, key: str) -> Card:
    """Return the card of an answer; an empty one for a form, and where nothing was answered."""
    answer = answers.get(key)
    return answer.card if isinstance(answer, Reply) else Card("")


def sections_of(answers: Answers, key: str) -> tuple[Section, ...]:
    """Return the sections of an answer; none where it is no page."""
    answer = answers.get(key)
    return answer.sections if isinstance(answer, Reply) else ()
