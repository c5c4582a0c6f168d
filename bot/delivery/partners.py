"""A group's Monday for study partners: who waits is matched, silent pairs rest, and each pair gets its question.

Nothing is posted for it: what becomes of it stands on the next card that each of them opens.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from bot.domain.group import Group
from bot.domain.partner import Ending, Pair, PartnerNews, is_long_away, is_silent
from bot.domain.partner_match import match
from bot.domain.partner_question import Readers, choose_question
from bot.domain.pause import Pause
from bot.domain.scheduled import PartnersDue
from bot.domain.week import Week
from bot.questions.bank import QuestionBank
from bot.store import areas, groups, partner_matching, partner_questions, partner_settings, partners, people, schedules
from bot.store.partner_matching import Studied
from bot.store.rows import instant
from bot.store.tx import Tx

OWN_NOTES = ""
"""The stored question of partners for whom there is none: they take a note of their own."""


def plan(tx: Tx, dues: Iterable[PartnersDue], questions: QuestionBank, now: datetime) -> None:
    """Do all that a Monday brings to partners of the groups that are due, and look again on the next."""
    dues = list(dues)
    known = groups.get_many(tx, [due.group_id for due in dues])
    for due in dues:
        group = known[due.group_id]
        current = Week.of(now.astimezone(group.zone).date())
        _let_rest(tx, group, current, now)
        waiting = _match(tx, group, current, now)
        pairs = partners.list_of_group(tx, group.id)
        _ask(tx, group, pairs, current, questions)
        if pairs or waiting:
            schedules.rearm_partners(tx, group, current.monday, now)
        else:
            schedules.delete(tx, [due.id])


def _let_rest(tx: Tx, group: Group, current: Week, now: datetime) -> None:
    """End the pairs in which one has been silent for three weeks, and offer a second partner where one is long away."""
    pairs = partners.list_of_group(tx, group.id)
    ids = {person_id for pair in pairs for person_id in pair.ids}
    pauses, seen = partner_matching.load_pauses(tx, ids), partner_matching.find_last_seen(tx, ids)

    def rests(pair: Pair) -> bool:
        began = pair.started_week.monday
        return any(
            is_silent(
                max(began, instant(seen[one]).astimezone(group.zone).date()) if one in seen else began,
                pauses.get(one, ()),
                current,
            )
            for one in pair.ids
        )

    resting = [pair for pair in pairs if rests(pair)]
    partners.end(tx, resting, Ending.RESTED, now)
    for pair in resting:
        _tell_both(tx, pair, PartnerNews.RESTED)
    for pair in pairs:
        for person_id in pair.ids:
            if pair not in resting and _has_just_been_long_away(pauses.get(person_id, ()), current):
                other = pair.other(person_id)
                partner_settings.tell(tx, other, PartnerNews.AWAY, about=person_id, group_id=pair.group_id)


def _has_just_been_long_away(pauses: Sequence[Pause], current: Week) -> bool:
    """Return True in the week in which an absence has become a long one: it is told once."""
    return is_long_away(pauses, current) and not is_long_away(pauses, current.plus(-1))


def _tell_both(tx: Tx, pair: Pair, news: PartnerNews) -> None:
    for person_id in pair.ids:
        partner_settings.tell(tx, person_id, news, about=pair.other(person_id), group_id=pair.group_id)


def _match(tx: Tx, group: Group, current: Week, now: datetime) -> bool:
    """Match those who wait; return True if anybody still waits."""
    if not (waiting := partner_matching.list_waiting(tx, group.id)):
        return False
    people.lock(tx, waiting)
    waiting = partner_matching.list_waiting(tx, group.id)  # somebody may have said yes to an invitation meanwhile
    candidates = partner_matching.load_candidates(tx, waiting, current, now)
    known = partner_matching.load_acquaintance(tx, waiting, now)
    matched = match(candidates, known)
    for together in matched:
        partners.start(tx, group.id, together, current, now)
        for person_id in together:
            other = next(one for one in together if one != person_id)
            partner_settings.tell(tx, person_id, PartnerNews.MATCHED, about=other, group_id=group.id)
    alone = sorted(set(waiting) - {person_id for together in matched for person_id in together})
    partner_settings.leave_over(tx, alone)
    for person_id in alone:
        partner_settings.tell(tx, person_id, PartnerNews.NO_MATCH)
    return bool(alone)


def _ask(tx: Tx, group: Group, pairs: Sequence[Pair], current: Week, bank: QuestionBank) -> None:
    """Choose for each partnership of a group the question of the week."""
    ids = {person_id for pair in pairs for person_id in pair.ids}
    asked = partner_questions.list_asked(tx, ids, current)
    studied = partner_matching.load_studied(tx, ids)
    earlier = {old.casefold(): new.casefold() for old, new in areas.list_renamed(tx, group.id).items()}
    names = _with_earlier((name.casefold() for name in areas.list_names(tx, group.id)), earlier)
    by_partnership = sorted(pairs, key=lambda pair: pair.partnership_id)
    for partnership_id, of_one in groupby(by_partnership, key=lambda pair: pair.partnership_id):
        together = sorted({person_id for pair in of_one for person_id in pair.ids})
        theirs = [studied.get(person_id, Studied()) for person_id in together]
        of_each = [_with_earlier(one.areas, earlier) for one in theirs]
        readers = Readers(names, of_each, [one.focus for one in theirs])
        before = [one for person_id in together for one in asked.get(person_id, [])]
        question = choose_question(bank.questions, readers, before, current.number + partnership_id)
        chosen = OWN_NOTES if question is None else question.id
        partner_questions.add(tx, partnership_id, together, current, chosen)


def _with_earlier(names: Iterable[str], earlier: Mapping[str, str]) -> set[str]:
    """Return areas by their names and all that they had before: questions know those they began with."""
    present = set(names)
    return present | {old for old, new in earlier.items() if new in present}
