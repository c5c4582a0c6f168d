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
    """Return the first that applies: news, an invitation, Monday's question, the streak of two; save what is told once.

    Nothing is read where the person's record says that there is nothing.
    """
    if not progress.record.has_partner_words:
        return None
    words = partner_cards.find(context.tx, context.person.id, Week.of(context.today), context.now)
    if words is None:
        if context.may_write:
            partner_settings.set_inactive(context.tx, context.person.id)
        return None
    return _find_word(context, words) or _say_together(context, words)


def find_partner_word(context: Context, progress: Progress) -> Extra | None:
    """Return what is told once or waits for an answer, for a card that shows the streak of two elsewhere, or not."""
    if not progress.record.has_partner_words:
        return None
    words = partner_cards.find(context.tx, context.person.id, Week.of(context.today), context.now)
    return None if words is None else _find_word(context, words)


def list_partners_now(context: Context, progress: Progress) -> list[view.Together]:
    """Return how it stands with each partner of the speaker."""
    if not progress.record.has_partner_words:
        return []
    week = Week.of(context.today)
    words = partner_cards.find(context.tx, context.person.id, week, context.now)
    if words is None or not words.partners:
        return []
    return [_together(pair) for pair in partner_cards.load_now(context.tx, context.person.id, words.partners, week)]


def _find_word(context: Context, words: PartnerWords) -> Extra | None:
    if words.news is not None:
        context.require_writing()
        partner_settings.forget_news(context.tx, context.person.id)
        return view.news_extra(words.news, words.about)
    if words.invitation_id is not None:
        return view.invitation_extra(words.sender, words.invitation_id)
    if words.question is None:
        return None
    context.require_writing()
    partner_questions.save_told(context.tx, context.person.id, Week.of(context.today))
    question = context.defaults.questions.find(words.question)
    names = [partner.name for partner in words.partners if partner.pair.partnership_id == words.partnership_id]
    return view.question_extra(names, question.area if question else "")


def _say_together(context: Context, words: PartnerWords) -> Extra | None:
    if not words.partners or context.today.weekday() == SUNDAY:
        return None
    week = Week.of(context.today)
    now = partner_cards.load_now(context.tx, context.person.id, words.partners, week)
    return view.together_extra([_together(pair) for pair in now])


def _together(pair: PairNow) -> view.Together:
    return view.Together(pair.partner.name, pair.tally, pair.minutes, pair.days, pair.partner.shows_days)
