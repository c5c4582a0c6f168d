"""Answers where something went wrong that the member did not cause, or where it is not clear what is meant."""

from bot.chat.card import Actions, Button, Card, Line, Menu, Note, Tone
from bot.chat.text import Bold, Code, Text
from bot.domain.group import Group
from bot.domain.names import cut
from bot.views.words import CHECK_IN, plural

MAX_GROUPS = 25
MOST_CONTROLS = 4
MAX_LABEL_CHARACTERS = 34
IN_CHANNEL = Button("In the channel", "reminders", {"how": "channel"})
STOP = Button("Off", "reminders", {"how": "off"})
LOOK = Button("My progress", "progress")
UNSEEN = "The connection broke while I was posting it, and I couldn't read the channel to see whether it arrived."


def not_saved() -> Card:
    """Say that the database did not take it."""
    return Card("", (Line(("Not saved, try again. Nothing of it was written.",)),), Tone.WRONG)


def perhaps_saved() -> Card:
    """Say that the connection to the database was lost at the end, so that nobody knows what became of it."""
    text: Text = ("I lost my database just then, and can't tell whether that was saved. Look first, then try again.",)
    return Card("", (Line(text), Actions((LOOK,))), Tone.WRONG)


def our_fault() -> Card:
    """Say that it is a fault of the program."""
    return Card(
        "",
        (Line(("Something broke on my side, and nothing was saved. It's in the log; try again in a minute.",)),),
        Tone.WRONG,
    )


def too_much(seconds: int) -> Card:
    """Refuse a request that comes faster than anyone can type."""
    text = f"That was a lot at once, so this one wasn't done. Try again in {plural(seconds, 'second')}."
    return Card("", (Line((text,)),), Tone.WARN)


def too_many_files(seconds: int) -> Card:
    """Refuse a file that comes too soon after others of the same person."""
    text = f"That's a lot of files at once. Send this one again in {plural(seconds, 'second')}."
    return Card("", (Line((text,)),), Tone.WARN)


def partly_saved() -> Card:
    """Say that only a part of a long request could be written."""
    text = "Only a part of that was saved. Do it once more: what is here already is recognised."
    return Card("", (Line((text,)),), Tone.WRONG)


def nobody_known() -> Card:
    """Say to someone who asks for their data, or looks at their page, that nothing is stored of them."""
    return Card("", (Line(("Nothing about you is saved here.",)), Actions((CHECK_IN,))))


def not_reached(card: Card) -> Card:
    """Return the card with a word that no direct message comes through, and with what can be chosen instead."""
    sentence = "I couldn't message you. Open your direct messages, or choose"
    count = sum(len(block.buttons) for block in card.blocks if isinstance(block, Actions))
    if count >= MOST_CONTROLS or any(isinstance(block, Menu) for block in card.blocks):
        choices = (Code("/reminders channel"), " or ", Code("/reminders off"))
        return card.above_controls(Line((f"{sentence} ", *choices, ".")))
    instead = Menu("Remind me instead", (IN_CHANNEL, STOP))
    return card.above_controls(Line((f"{sentence}: in the channel · off.",))).plus(instead)


def not_posted(group: Group, reason: str) -> Card:
    """Tell whoever runs a group that its channel misses a post."""
    text: Text = ("A post to the channel didn't get through: ", f"{reason.rstrip('.')}.")
    what = ("You can see what was left out in ", Code("/group settings"), ".")
    return Card(f"{group.name} misses a post", (Line(text), Note(what)), Tone.WARN)


def post_waits(group: Group, reason: str) -> Card:
    """Tell whoever runs a group that its channel misses a post, which comes once a permission is given."""
    text: Text = ("A post to the channel didn't get through: ", f"{reason.rstrip('.')}.")
    again = ("I'll try again for as long as it's any use.",)
    return Card(f"{group.name} misses a post", (Line(text), Line(again)), Tone.WARN)


def perhaps_twice(group: Group) -> Card:
    """Tell whoever runs a group that a post may stand in its channel twice."""
    text: Text = ("A post may be in ", Bold(group.name), " twice. ", UNSEEN, " So I posted it again, and it says so.")
    return Card("", (Line(text),))


def perhaps_missing(group: Group) -> Card:
    """Tell whoever runs a group that a post may be missing in its channel."""
    text: Text = ("A post may be missing in ", Bold(group.name), ". ", UNSEEN, " So I left it at that.")
    return Card("", (Line(text),))


def which_group(command: str, options: dict[str, str], groups: list[Group]) -> Card:
    """Ask which group is meant, with a button for each, or a list of many."""
    buttons = tuple(
        Button(cut(group.name, MAX_LABEL_CHARACTERS), command, {**options, "group": str(group.id)})
        for group in groups[:MAX_GROUPS]
    )
    choices = Actions(buttons) if len(buttons) <= MOST_CONTROLS else Menu("Your groups", buttons)
    return Card("", (Line(("Which group do you mean?",)), choices), Tone.WARN)
