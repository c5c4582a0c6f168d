"""Cards for newcomers: a server with no group yet, and a person who has just joined one."""

from dataclasses import dataclass

from bot.chat.card import Actions, Block, Button, Card, Line, Note, Quote, Style, Tone
from bot.chat.text import Bold, Code
from bot.domain.duration import say
from bot.domain.group import Group
from bot.domain.person import Person
from bot.views import words
from bot.views.posts import REMIND_ME

SAY_WHY = Button("Say why", "why", opens_form=True)
SET_ZONE = Button("Set my time zone", "timezone", opens_form=True)
START = Button("Start a group here", "group start", style=Style.PRIMARY, opens_form=True)


@dataclass(frozen=True, slots=True)
class Joined:
    """A person who has joined a group, with their goal in minutes."""

    group: Group
    person: Person
    goal: int
    is_reminded: bool
    is_back: bool


def server() -> Card:
    """Greet a channel that has no group yet, and say what to do in the first minute."""
    return Card(
        "Ten Hours",
        (
            Line(("Ten hours of study a week, beside everything else, held together with others.",)),
            Line(("A group lives in one channel. Start one here: the form comes filled in.",)),
            Note(("Later, or in another channel: ", Code("/group start"), ". Help: ", Code("/guide"), ".")),
            Actions((START,)),
        ),
    )


def joined(details: Joined) -> Card:
    """Say what was agreed; then offer what may be set, or left: reminders, why, the zone."""
    blocks: list[Block] = [
        Line((words.agreement(details.goal),)),
        Line(
            (
                "Log with ",
                Code("/checkin 45m"),
                f"; your goal is {say(details.goal)} a week, and ",
                Code("/goal"),
                " changes it.",
            )
        ),
    ]
    buttons = [words.CHECK_IN]
    if not details.person.is_zone_chosen:
        blocks.append(
            Line((Bold("Where do you live?"), f" Your days follow {details.person.zone_name} until you say."))
        )
        buttons.append(SET_ZONE)
    if not details.is_reminded:
        blocks.append(Note(("Nobody is reminded unless they ask for it.",)))
        buttons.append(REMIND_ME)
    if not details.person.why:
        blocks.append(Note(("Is it worth it to you? Only you see what you answer, and a fresh start quotes it back.",)))
        buttons.append(SAY_WHY)
    title = f"Welcome back to {details.group.name}" if details.is_back else f"You are in: {details.group.name}"
    return Card(title, (*blocks, Actions(tuple(buttons))), Tone.GOOD)


def joined_already(group: Group) -> Card:
    """Say to someone who joins twice that they are in."""
    return words.done(f"You are in {group.name} already.", Actions((words.CHECK_IN,)))


def why_saved(why: str | None) -> Card:
    """Quote their why as it was saved, None where it was taken out."""
    if why is None:
        return words.done("Nothing is kept as your why. Come back to it whenever you like.")
    return Card("Kept, for you alone", (Quote(why), Note(("A fresh start will quote it back to you.",))), Tone.GOOD)
