"""The demo's story, as data: five people, six weeks. Zoë's hours are those of a real learner's summer."""

from dataclasses import dataclass
from datetime import time
from enum import Enum, auto

FIRST = "Ada"
YOU = "You"
GO_ON = (
    "Now it's your turn, as one more member. Type /checkin 45m, or just / to see more. "
    ":advance 1d lets a day pass, :help explains the rest, Ctrl-D ends."
)
AS_PAGES = "See it as pages: this link opens Ada's, once. /dashboard gives you more of them.\n{link}"
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Visible(Enum):
    """The part of what happens in a beat that is to be seen."""

    ALL = auto()
    POSTS = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Beat:
    """Something that happens: `words` tell it, `who` types `line`; both may be empty where only time passes."""

    week: int
    weekday: int
    at: time
    who: str = ""
    line: str = ""
    words: str = ""
    visible: Visible = Visible.ALL


def _beat(when: str, who: str = "", line: str = "", words: str = "", visible: Visible = Visible.ALL) -> Beat:
    week, day, at = when.split()
    return Beat(int(week), WEEKDAYS.index(day), time.fromisoformat(at), who, line, words, visible)


def _quiet(when: str, who: str, line: str) -> Beat:
    return _beat(when, who, line, visible=Visible.NOTHING)


def _posted(when: str, words: str = "") -> Beat:
    return _beat(when, words=words, visible=Visible.POSTS)


ADA, ZOE, OLEG, SAKURA, NEELAM = FIRST, "Zoë", "Олег", "さくら", "नीलम"
MEMBERS = (ADA, ZOE, OLEG, SAKURA, NEELAM)

WEEK_1 = (
    _beat(
        "1 Mon 08:00",
        words="Five people want to become machine-learning engineers, and promise each other ten hours "
        "of study a week. This is their channel; the weeks pass quickly here.",
    ),
    _quiet("1 Mon 08:05", ADA, "/progress"),
    _quiet("1 Mon 08:10", ZOE, "/goal 9"),
    _beat("1 Mon 19:00", ZOE, "/checkin 82m statistics learned: a p-value is not what I thought"),
    _beat("1 Mon 20:00", words="Only Zoë sees that card. The others see one line.", visible=Visible.POSTS),
    _beat("1 Tue 20:00", OLEG, "/checkin 20", "Олег is in a hurry. 20 could mean two things, so the bot asks."),
    _beat("1 Tue 20:00", OLEG, ":press 20 min"),
    _quiet("1 Tue 20:30", ZOE, "/checkin 2h01 learned: bias and variance"),
    _quiet("1 Tue 21:00", ADA, "/checkin 3h mathematics learned: eigenvectors are directions that stay"),
    _quiet("1 Wed 19:00", ZOE, "/checkin 140m machine learning"),
    _quiet("1 Wed 20:00", SAKURA, "/checkin 4h software engineering learned: test first, then believe"),
    _quiet("1 Wed 21:00", NEELAM, "/checkin 5h30 devops"),
    _beat("1 Thu 19:00", OLEG, "/checkin 6h", "Too fast again, but nothing is lost.", Visible.POSTS),
    _beat("1 Thu 19:01", OLEG, "/undo"),
    _quiet("1 Thu 19:05", OLEG, "/checkin 4h machine learning"),
    _quiet("1 Thu 20:00", ZOE, "/checkin 105m machine learning"),
    _quiet("1 Fri 18:00", ADA, "/checkin 4h mathematics learned: the chain rule is bookkeeping"),
    _quiet("1 Fri 19:00", ZOE, "/checkin 101m machine learning"),
    _quiet("1 Sat 11:00", ZOE, "/checkin 40m"),
    _quiet("1 Sat 12:00", SAKURA, "/checkin 6h statistics"),
    _quiet("1 Sat 15:00", OLEG, "/checkin 6h cloud systems"),
    _posted("1 Sun 15:00", "On Sunday the channel gets one call, without names."),
    _quiet("1 Sun 17:00", ADA, "/checkin 3h statistics learned: the median is stubborn"),
)

WEEK_2 = (
    _posted("2 Mon 09:00", "Monday morning: who kept the week. Nobody else is named."),
    _beat("2 Mon 09:20", SAKURA, ":press I'm in this week"),
    _beat("2 Mon 09:21", SAKURA, ":fill plan=Thursday and Sunday, in the library"),
    _quiet("2 Mon 09:25", SAKURA, "/reminders direct"),
    _quiet("2 Tue 20:00", OLEG, "/checkin 5h machine learning"),
    _quiet("2 Wed 19:00", ZOE, "/checkin 100m machine learning"),
    _quiet("2 Wed 20:00", ADA, "/checkin 5h30 mathematics"),
    _posted("2 Thu 18:00", "さくら asked to be reminded, and has logged nothing yet. Only she sees this."),
    _quiet("2 Thu 19:00", ZOE, "/checkin 145m machine learning"),
    _quiet("2 Thu 21:00", SAKURA, "/checkin 4h statistics"),
    _quiet("2 Fri 19:00", ZOE, "/checkin 51m machine learning"),
    _quiet("2 Fri 20:00", NEELAM, "/checkin 10h software engineering"),
    _quiet("2 Sat 15:00", OLEG, "/checkin 5h devops"),
    _quiet("2 Sat 16:00", SAKURA, "/checkin 3h30 statistics"),
    _quiet("2 Sun 14:00", ADA, "/checkin 5h statistics"),
    _posted("2 Sun 15:00", "She's close, so on Sunday she hears how much is missing, and what her plan was."),
    _quiet("2 Sun 20:00", SAKURA, "/checkin 2h30 statistics"),
)

WEEK_3 = (
    _beat(
        "3 Mon 08:00",
        OLEG,
        "/pause sun reason: moving house",
        "Олег is moving house this week. Being away isn't a failure.",
    ),
    _quiet("3 Mon 19:00", ZOE, "/checkin 42m machine learning"),
    _quiet("3 Tue 19:00", ZOE, "/checkin 108m machine learning"),
    _beat(
        "3 Wed 00:00",
        words="On Wednesday last week closes, and the results say so. Zoë had 4 h 56 of her 9 h, "
        "but she had a freeze, and it saved her week.",
    ),
    _beat("3 Wed 08:00", ZOE, "/streak"),
    _quiet("3 Wed 19:00", ADA, "/checkin 6h machine learning"),
    _quiet("3 Wed 20:00", SAKURA, "/checkin 5h statistics"),
    _quiet("3 Thu 20:00", NEELAM, "/checkin 11h cloud systems"),
    _quiet("3 Sat 15:00", SAKURA, "/checkin 5h machine learning"),
    _quiet("3 Sun 16:00", ADA, "/checkin 4h machine learning"),
)

WEEK_4 = (
    _posted("4 Mon 09:00", "Another short week for Zoë, and this time there's no freeze."),
    _quiet("4 Wed 19:00", ZOE, "/checkin 68m machine learning"),
    _quiet("4 Wed 20:00", ADA, "/checkin 6h30 software engineering"),
    _quiet("4 Thu 19:00", ZOE, "/checkin 3h48 machine learning"),
    _beat("4 Fri 21:00", ZOE, "/checkin 4h21 machine learning learned: how an agent learns from reward"),
    _quiet("4 Sat 12:00", SAKURA, "/checkin 10h devops"),
    _quiet("4 Sat 13:00", OLEG, "/checkin 10h mathematics"),
    _quiet("4 Sat 14:00", NEELAM, "/checkin 6h mathematics"),
    _quiet("4 Sun 15:30", NEELAM, "/checkin 45m mathematics"),
    _beat("4 Sun 17:00", ADA, "/checkin 3h30 devops learned: a pipeline is a test that never sleeps"),
)

WEEK_5 = (
    _posted("5 Mon 09:00", "Four weeks in a row for Ada and さくら. Zoë is back among those who kept it."),
    _quiet("5 Mon 19:00", ZOE, "/checkin 153m machine learning"),
    _quiet("5 Tue 19:00", ZOE, "/checkin 208m machine learning"),
    _quiet("5 Wed 20:00", ADA, "/checkin 7h statistics"),
    _quiet("5 Thu 19:00", ZOE, "/checkin 194m machine learning"),
    _quiet("5 Thu 20:00", OLEG, "/checkin 8h mathematics"),
    _quiet("5 Fri 20:00", SAKURA, "/checkin 60m cloud systems"),
    _quiet("5 Sat 14:00", NEELAM, "/checkin 14h mathematics"),
    _beat("5 Sat 20:00", ADA, "/leaderboard", "Everyone has their own goal, and sixty hours are no better than ten."),
    _quiet("5 Sun 16:00", ADA, "/checkin 3h statistics"),
)

WEEK_6 = (
    _quiet("6 Mon 19:00", ZOE, "/checkin 222m machine learning"),
    _quiet("6 Tue 19:00", ZOE, "/checkin 279m machine learning"),
    _quiet("6 Wed 19:00", ZOE, "/checkin 239m machine learning"),
    _beat("6 Wed 20:00", ZOE, "/progress", "After six weeks, this is what Zoë sees."),
)

STORY = (*WEEK_1, *WEEK_2, *WEEK_3, *WEEK_4, *WEEK_5, *WEEK_6)
