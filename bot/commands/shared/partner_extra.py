"""What a private card may say about partners, beside all else: it comes last, and nothing is sent for it."""

from bot.context import Context
from bot.domain.progress import Progress
from bot.domain.week import Week
from bot.store import partner_cards, partner_questions, partner_settings
from bot.store.partner_cards import PairNow, PartnerWords
from bot.views import partner as view
from bot.views.extras import Extra

SUNDAY = 6
"""The day on which a partner's hours would be one more number to go."""


def find_partner_extra(context: Context, progress: Progress) -> Extra | None:
    """Return the first that applies: news, an invitation, Monday's question, the streak of two; save what is told.

    Nothing is read where the person's record says so, and it says so once that was in vain.
    """
    words = _find(context, progress)
    return None if words is None else _tell(context, words) or _say_together(context, words)


def find_partner_word(context: Context, progress: Progress) -> Extra | None:
    """Return what is told once or waits for an answer, for a card that says nothing of the streak of two."""
    words = _find(context, progress)
    return None if words is None else _tell(context, words)


def list_partners_now(context: Context, progress: Progress) -> list[view.Together]:
    """Return how it stands with each partner of the speaker."""
    words = _find(context, progress)
    return [] if words is None else [_together(pair) for pair in words.pairs]


def _find(context: Context, progress: Progress) -> PartnerWords | None:
    """Return what there is to tell; None where there is nothing, which is saved where it can be."""
    if not progress.record.has_partner_words:
        return None
    words = partner_cards.find(context.tx, context.person.id, Week.of(context.today), context.now)
    if words is None and context.may_write:
        partner_settings.set_inactive(context.tx, context.person.id)
    return words


def _tell(context: Context, words: PartnerWords) -> Extra | None:
    """Return news, an invitation, or Monday's question, and save what is told once; None where there is none."""
    if words.news is not None and context.may_tell_once():
        partner_settings.forget_news(context.tx, context.person.id)
        by_days = any(pair.partner.shows_days for pair in words.pairs)
        return view.news_extra(words.news, words.about, by_days=by_days)
    if words.invitation_id is not None:
        return view.invitation_extra(words.sender, words.invitation_id, by_days=words.is_by_days)
    if words.question is None or not context.may_tell_once():
        return None
    partner_questions.save_told(context.tx, context.person.id, Week.of(context.today))
    question = context.defaults.questions.find(words.question)
    asked = [pair.partner for pair in words.pairs if pair.partner.pair.partnership_id == words.partnership_id]
    return view.question_extra([partner.name for partner in asked], question.area if question else "")


def _say_together(context: Context, words: PartnerWords) -> Extra | None:
    if context.today.weekday() == SUNDAY:
        return None
    return view.together_extra([_together(pair) for pair in words.pairs])


def _together(pair: PairNow) -> view.Together:
    return view.Together(pair.partner.name, pair.tally, pair.minutes, pair.days, pair.partner.shows_days)
