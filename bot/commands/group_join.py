"""`group join`: become a member; reminders, zone and one's own why are offered, and all of them are optional."""

from bot.chat.command import Given, Spec
from bot.chat.request import Answer, Reply
from bot.commands.group_options import GROUP
from bot.commands.membership import enter
from bot.commands.turn import Command, Turn
from bot.domain.reminder import How
from bot.store import groups, personal, standing
from bot.views import welcome

SPEC = Spec("group join", "join the group here", (GROUP,), group="Groups")


def run(turn: Turn, _given: Given) -> Answer:
    """Join the group that is meant."""
    group = turn.the_group()
    before = groups.member(turn.tx, group.id, turn.person.id)
    if before is not None and not before.has_left:
        return Reply(welcome.joined_already(group))
    enter(turn, group)
    chosen = personal.reminders(turn.tx, turn.person.id)
    joined = welcome.Joined(
        group,
        turn.person,
        standing.standing(turn.tx, turn.person, turn.now).goal,
        is_reminded=chosen is not None and chosen.how is not How.OFF,
        is_back=before is not None,
    )
    return Reply(welcome.joined(joined))


COMMAND = Command(SPEC, run)
