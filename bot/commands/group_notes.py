"""*Notes*, for organisers: what members wrote in the channel lately, and *Take this note off*."""

from dataclasses import replace
from datetime import timedelta

from bot.chat.card import Card
from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.shared.channel_lines import correct_lines
from bot.commands.shared.group_options import GROUP
from bot.commands.shared.handler import Command
from bot.commands.shared.options import hidden_option, parse_number
from bot.context import Context
from bot.domain.checkin import DAYS_BACK
from bot.domain.group import Group
from bot.domain.group_note import GroupNote
from bot.errors import Refused
from bot.store import checkins, notes, people, redraws
from bot.store import progress as stored_progress
from bot.views import notes as view

OFF = hidden_option("off")
BACK = hidden_option("back")
"""The ids of check-ins: the one whose note is to be taken off, or shown again."""

MOST_NOTES = 10

SPEC = Spec("group notes", "notes that members wrote here", (OFF, BACK, GROUP), is_button_only=True)


def run(context: Context, given: Given) -> Answer:
    """Show the newest notes, after taking one off or putting one back."""
    group = context.require_organised_group()
    changed = None
    for text, is_off in ((given[OFF], True), (given[BACK], False)):
        if text:
            changed = _change(context, group, text, is_off=is_off)
    return Reply(_card(context, group, changed), in_place=changed is not None)


def _change(context: Context, group: Group, text: str, *, is_off: bool) -> GroupNote:
    note = notes.find(context.tx, group.id, parse_number(text) or 0)
    if note is None:
        raise Refused("That note isn't there any more.")
    notes.save_off(context.tx, note.checkin_id, is_off=is_off)
    _correct_posts(context, group, note)
    return note._replace(is_off=is_off)


def _correct_posts(context: Context, group: Group, note: GroupNote) -> None:
    """Let the note's line, the weekly card and open results say what is shown now."""
    writer = people.get(context.tx, note.person_id)
    checkin = checkins.find(context.tx, writer.id, note.number)
    if checkin is not None:
        progress = stored_progress.judge_person(context.tx, writer.id, context.now)
        correct_lines(replace(context, person=writer), checkin, {note.day}, progress)
    redraws.arm(context.tx, [group], context.now)


def _card(context: Context, group: Group, changed: GroupNote | None) -> Card:
    since = context.today - timedelta(days=DAYS_BACK)
    newest = notes.list_newest(context.tx, group.id, since, MOST_NOTES)
    return view.notes(group, newest, changed, context.today, context.group_options(group))


COMMAND = Command(SPEC, run)
