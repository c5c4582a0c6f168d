"""Study partners as cards: who they are, what each sees of the other, inviting, matching and leaving."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msgspec.structs import replace

from bot.chat.card import Actions, Block, Button, Card, Column, Line, Menu, Note, Quote, Style, Table, Tone
from bot.chat.text import Bold, Code, Text, Timestamp
from bot.domain.duration import say
from bot.domain.names import cut
from bot.domain.partner import PartnerNews, PartnerSettings
from bot.domain.partner_streak import PairTally
from bot.domain.progress import Progress
from bot.views import weeks, words
from bot.views.extras import Extra

MAX_LABEL_CHARACTERS = 34
MOST_PICKS = 25
MAX_NAME_CHARACTERS = 24
"""Of a name in a label, beside our own words."""

SEEN = "You'd see each other's hours, goal and streak"
SEEN_BY_DAYS = "You'd see each other's days of study, goal and streak"
LOOK = Button("Find me a partner", "partner match")
INVITE = Button("Invite someone", "partner invite", opens_form=True)
SHOW = Button("Your partner", "partner show")
QUESTION = Button("This week's question", "partner question")
INVITES = Button("Invitations", "partner invites")
SEE_MORE = Button("See more", "partner show")
MORE = Button("More", "partner more")
STOP = Button("Stop looking", "partner match", {"choice": "stop"})


class PartnerShown(NamedTuple):
    """A partner on a card: the name, their progress, the counts of two, and the days that they studied this week.

    `shows_days` says that days are shown in the place of hours, since either wishes so.
    """

    name: str
    progress: Progress
    tally: PairTally
    days: int
    shows_days: bool


class SharedNote(NamedTuple):
    """A note that a partner has shared."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Partnership:
    """All that one's own card says of partners; `has_question` says that they were asked one."""

    partners: Sequence[PartnerShown]
    note: SharedNote | None
    has_question: bool


def shown(details: Partnership) -> Card:
    """Show each partner's week and the streak of two, the newest note they shared, and the question."""
    blocks = _doing(details.partners)
    if details.note is not None:
        blocks += [Line((f"{details.note.name} shared a note:",)), Quote(details.note.text)]
    buttons = [Button("Share my last note", "partner note"), MORE]
    if details.has_question:
        buttons.insert(0, replace(QUESTION, style=Style.PRIMARY))
    return Card(_name_all(details.partners), (*blocks, Actions(tuple(buttons))))


def brief(details: Partnership) -> Card:
    """Show each partner's week and the streak of two, without the note: others may see the screen."""
    buttons = (QUESTION, SEE_MORE) if details.has_question else (SEE_MORE,)
    return Card(_name_all(details.partners), (*_doing(details.partners), Actions(buttons)))


def nobody() -> Card:
    """Say what will stand here, and how it begins."""
    begins = "A study partner sees your hours, goal and streak, and you see theirs. Weeks that you both keep add up."
    return Card("", (Line((begins,)), Actions((replace(LOOK, style=Style.PRIMARY), INVITE))))


def ask_match(group: str, due: Timestamp, here: dict[str, str]) -> Card:
    """Say what a partner will see before anybody waits for one; `here` are the options that name the group."""
    text: Text = (f"I match members of {group} who'd like a partner. The next time is ", due, f". {SEEN}.")
    find = Button("Find me a partner", "partner match", {"choice": "yes", **here}, Style.PRIMARY)
    by_days = Button("Show days, not hours", "partner match", {"choice": "days", **here})
    return Card("", (Line(text), Actions((find, by_days))))


def waiting(group: str, due: Timestamp, *, shows_days: bool) -> Card:
    """Say that somebody waits, and when they learn what came of it."""
    sees = " Your partner will see on how many days you study, not the hours." if shows_days else ""
    text: Text = (f"You're on the list in {group}. I match on ", due, f"; your next card after that tells you.{sees}")
    return Card("", (Line(text), Actions((STOP, INVITE))), Tone.GOOD)


def stopped() -> Card:
    """Confirm that nobody is looked for."""
    return words.done("I've stopped looking.")


def sent() -> Card:
    """Answer an invitation in the same words whatever becomes of it."""
    return words.done("Sent. You'll hear only if it's a yes.")


def invitation(sender: str, number: int, *, by_days: bool = False) -> Card:
    """Ask the invited person, saying first what both will see: days where either wishes no hours to be seen."""
    seen = SEEN_BY_DAYS if by_days else SEEN
    answers = [
        Button("Yes", "partner answer", {"invitation": str(number), "choice": "yes"}, Style.PRIMARY),
        Button("Not now", "partner answer", {"invitation": str(number), "choice": "no"}),
        Button("No invitations", "partner answer", {"invitation": str(number), "choice": "never"}),
        Button("More", "partner answer", {"invitation": str(number), "choice": "more"}),
    ]
    return Card("", (Line((Bold(sender), f" would like to be your study partner. {seen}.")), Actions(tuple(answers))))


def ask_block(sender: str, number: int) -> Card:
    """Offer to block who sent an invitation."""
    text = (
        f"{sender} is told nothing, can't invite you again, and never gets you as a partner. You can lift it any time."
    )
    block = Button("Block this person", "partner answer", {"invitation": str(number), "choice": "block"})
    return Card("", (Line((text,)), Actions((block, Button("Back", "partner answer", {"invitation": str(number)})))))


def accepted(name: str) -> Card:
    """Confirm a yes."""
    text = f"You and {name} are study partners. The weeks that you both keep, from this one on, are your streak of two."
    return words.done(text, Actions((SHOW,)))


def declined() -> Card:
    """Confirm a no, which the sender never learns."""
    return words.done("All right. Nobody is told.")


def not_open() -> Card:
    """Answer a press on an invitation that is settled or has expired."""
    return Card("", (Line(("This invitation isn't open any more.",)),))


def blocked(name: str) -> Card:
    """Confirm a block, and say how it is lifted."""
    note = Note((Code("/partner invites"), " lifts it."))
    return words.done(f"{name} is blocked, and told nothing.", note)


def invites(settings: PartnerSettings, blocked_people: Sequence[tuple[str, dict[str, str]]]) -> Card:
    """Say if invitations are taken, with the other choice, and whoever is blocked in a list to pick from."""
    text = "You get no invitations. Whoever sends you one isn't told."
    switch = Button("Take invitations", "partner invites", {"choice": "on"})
    if settings.takes_invitations:
        text = "Members of your groups can ask you to be their study partner. If you say no, nobody is told."
        switch = Button("No invitations", "partner invites", {"choice": "off"})
    blocks: list[Block] = [Line((text,)), Actions((switch,))]
    if blocked_people:
        picks = (Button(_short(name), "partner invites", options) for name, options in blocked_people[:MOST_PICKS])
        blocks.append(Menu("Lift a block", tuple(picks)))
    return Card("", tuple(blocks))


def unblocked(name: str) -> Card:
    """Confirm that a block is lifted."""
    return words.done(f"The block of {name} is lifted.")


def more(names: Sequence[tuple[str, int]], settings: PartnerSettings) -> Card:
    """Offer what else can be done: what is shown, the line in results, leaving, and a block."""
    seen = "your days of study" if settings.shows_days else "your hours"
    listed = "Results name you together if you both want it, and "
    listed += "you do." if settings.in_results else "you haven't asked for it."
    days = Button("Show my hours", "partner more", {"choice": "hours"})
    if not settings.shows_days:
        days = Button("Show days, not hours", "partner more", {"choice": "days"})
    results = Button("Name us in results", "partner more", {"choice": "results"})
    if settings.in_results:
        results = Button("Not in the results", "partner more", {"choice": "quiet"})
    block = Menu(
        "Block a partner",
        tuple(Button(_short(name), "partner more", {"choice": f"block {person_id}"}) for name, person_id in names),
    )
    leave = Button("Leave", "partner leave")
    both = words.join_names([name for name, _ in names])
    text = f"You show {both} {seen}, goal and streak. {listed}"
    return Card("", (Line((text,)), Actions((days, results, leave)), block))


def ask_leave(partnerships: Sequence[tuple[Sequence[str], int]]) -> Card:
    """Ask if somebody means to leave, and say what the partner reads; names with the id of their partnership."""
    leaves = [
        Button(
            f"Leave {cut(words.join_names(list(names)), MAX_NAME_CHARACTERS)}", "partner leave", {"from": str(number)}
        )
        for names, number in partnerships
    ]
    everyone = [name for names, _ in partnerships for name in names]
    who, read = words.join_names(everyone), "reads" if len(everyone) == 1 else "read"
    text = f"Stop being study partners with {who}? {who} only {read} that you no longer are. What you kept stays kept."
    stay = Button("Stay partners", "partner show", style=Style.PRIMARY)
    return words.question("", (text,), *leaves, stay)


def left(names: Sequence[str]) -> Card:
    """Confirm that somebody has left."""
    text = f"You and {words.join_names(list(names))} are no longer study partners. What you kept together stays kept."
    return words.done(text, Note(("You won't be matched again, unless one of you invites and the other says yes.",)))


def ask_note(names: Sequence[str], number: int, text: str) -> Card:
    """Show the note that is to be shared before it is."""
    ask = Line((f"Share this note with {words.join_names(list(names))}?",))
    share = Button("Share it", "partner note", {"checkin": str(number)}, Style.PRIMARY)
    return Card("", (ask, Quote(text), Actions((share, Button("Not now", "partner show")))))


def note_shared(names: Sequence[str]) -> Card:
    """Confirm that a note is shared."""
    return words.done(f"Shared with {words.join_names(list(names))}. If you edit or undo it, it changes there too.")


def no_note() -> Card:
    """Say how there comes to be a note to share."""
    text: Text = ("You haven't written a note yet. Add one with ", Code("/checkin 45m learned: chain rule"), ".")
    return Card("", (Line(text), Actions((words.CHECK_IN,))))


def invitation_extra(sender: str, number: int, *, by_days: bool) -> Extra:
    """Let an invitation stand on a card of the invited person."""
    text: Text = (Bold(sender), f" would like to be your study partner. {SEEN_BY_DAYS if by_days else SEEN}.")
    return Extra(text, Button("Answer", "partner answer", {"invitation": str(number)}))


def news_extra(news: PartnerNews, name: str | None, *, by_days: bool) -> Extra:
    """Tell once what has become of a search or a pair; a name of None is of somebody who is gone."""
    if news is PartnerNews.NO_MATCH:
        return Extra(("No match this Monday; you're first in line next week.",))
    if news is PartnerNews.MATCHED and name is not None:
        seen = (SEEN_BY_DAYS if by_days else SEEN).replace("You'd", "You")
        return Extra((Bold(name), f" is your study partner now. {seen}."), SHOW, is_proud=True)
    if news is PartnerNews.AWAY and name is not None:
        return Extra((f"{name} is away for a while. Would you like a second partner meanwhile?",), LOOK)
    if news is PartnerNews.RESTED:
        rest = f"You and {name} are taking a rest as partners." if name else "Your study partnership is taking a rest."
        return Extra((f"{rest} Would you like another partner?",), LOOK)
    stopped_together = f"You and {name} are no longer study partners." if name else "Your study partnership is over."
    return Extra((f"{stopped_together} What you kept together stays kept.",), LOOK)


def question_extra(names: Sequence[str], area: str) -> Extra:
    """Tell of Monday's question; `area` is "" where each takes a note of their own."""
    everyone = words.join_names(["You", *names])
    text = f"{everyone} have a question on {area} to explain to each other this week."
    if not area:
        text = f"{everyone} each have a note of your own to explain this week."
    return Extra((text,), Button("See the question", "partner question"))


class Together(NamedTuple):
    """How it stands with a partner, for one line: minutes of this week, or the days studied."""

    name: str
    tally: PairTally
    minutes: int
    days: int
    shows_days: bool


def together_extra(partners: Sequence[Together]) -> Extra | None:
    """Return the line on the streak of two; None where there is nothing to say."""
    lines = [line for partner in partners if (line := say_together(partner, is_alone=len(partners) == 1))]
    return Extra((" · ".join(lines),)) if lines else None


def say_together(partner: Together, *, is_alone: bool = True) -> str:
    """Return `With Bo: 3 weeks together · Bo has 7 h 30`, "" where nothing is to be said."""
    name, tally = partner.name, partner.tally
    if not tally.streak and tally.best:
        new_start = _say_new_start(tally)
        return f"With {name}: {new_start[0].lower()}{new_start[1:]}"
    has = ""
    if is_alone and partner.shows_days and partner.days:
        has = f"{name} studied on {words.plural(partner.days, 'day')}"
    elif is_alone and not partner.shows_days and partner.minutes:
        has = f"{name} has {say(partner.minutes)}"
    if tally.streak:
        return " · ".join(part for part in (f"With {name}: {_say_together(tally)}", has) if part)
    return f"{has} this week" if has else ""


def _say_together(tally: PairTally) -> str:
    return f"{words.plural(tally.streak, 'week')} together" if tally.streak else ""


def _say_new_start(tally: PairTally) -> str:
    return f"A new start this week. Your best together: {words.plural(tally.best, 'week')}."


def _name_all(partners: Sequence[PartnerShown]) -> str:
    return words.join_names(["You", *(partner.name for partner in partners)])


def _doing(partners: Sequence[PartnerShown]) -> list[Block]:
    """Return how partners are doing: one in lines, two in a table."""
    return _lines(partners[0]) if len(partners) == 1 else [_table(partners)]


def _lines(partner: PartnerShown) -> list[Block]:
    """Return the week of one partner, and the streak of two, each in a line."""
    streak, tally = weeks.say_shown_streak(partner.progress), partner.tally
    week = " · ".join(part for part in (f"{_say_week(partner)} this week", streak and f"streak {streak}") if part)
    lines: list[Block] = [Line((Bold(partner.name), f": {week}"))]
    if tally.streak:
        best = f", {tally.best} at best" if tally.best > tally.streak else ""
        lines.append(Line((f"{_say_together(tally)}{best}.",)))
    elif tally.best:
        lines.append(Line((_say_new_start(tally),)))
    return lines


def _table(partners: Sequence[PartnerShown]) -> Table:
    """Return two partners side by side."""
    columns = (Column("Partner"), Column("This week"), Column("Streak"), Column("With you"))
    rows = (
        (
            partner.name,
            _say_week(partner),
            weeks.say_shown_streak(partner.progress) or weeks.NONE,
            words.plural(partner.tally.streak, "week") if partner.tally.streak else weeks.NONE,
        )
        for partner in partners
    )
    return Table(columns, tuple(rows))


def _say_week(partner: PartnerShown) -> str:
    """Return `7 h 30 of 10 h`, `3 days`, `away`, as a word on this week."""
    progress = partner.progress
    if progress.is_away and not progress.minutes:
        return "away"
    if partner.shows_days:
        return words.plural(partner.days, "day") if partner.days else "no day yet"
    return f"{say(progress.minutes)} of {say(progress.goal)}" if progress.minutes else "nothing yet"


def _short(name: str) -> str:
    return cut(name, MAX_LABEL_CHARACTERS)
