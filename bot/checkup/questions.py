"""The operator's own questions for study partners: faults in the file, and areas that no group has."""

from collections import Counter
from collections.abc import Sequence

from bot.checkup.line import Line, counted, warning, well, wrong
from bot.config import Settings
from bot.questions.bank import QuestionBank

SUBJECT = "questions"
HOW_TO_MEND = "mend the file that [partners] questions names; docs/operators.md describes it"


def look(settings: Settings, areas: Sequence[str]) -> list[Line]:
    """Tell how the file is, a line for each fault; nothing where there is none.

    `areas` are those of all groups, none where no group is known.
    """
    if settings.questions_file is None:
        return []
    read = QuestionBank(settings.questions_file).read_own_file()
    if read.faults:
        return [wrong(SUBJECT, f"{settings.questions_file}: {fault.rstrip('.')}", HOW_TO_MEND) for fault in read.faults]
    known = {area.casefold() for area in areas}
    asked = Counter(question.area for question in read.questions)
    unknown = {area: number for area, number in asked.items() if areas and area.casefold() not in known}
    return [
        well(SUBJECT, f"{counted(len(read.questions), 'question')} in {settings.questions_file}"),
        *(_unknown_area(area, number) for area, number in unknown.items()),
    ]


def _unknown_area(area: str, number: int) -> Line:
    words = f"no group has the area “{area}”, so {counted(number, 'question')} about it will never be asked"
    return warning(SUBJECT, words, "give them an area that a group has, or add it with /group areas")
