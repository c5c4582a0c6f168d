"""Telling of spent freezes: in the next answer that the person sees, once."""

from bot.context import Context
from bot.domain.freeze_news import FreezeNews
from bot.domain.progress import Progress
from bot.store import freeze_news


def tell_freezes(context: Context, progress: Progress) -> FreezeNews | None:
    """Return what the speaker does not know yet, and save that they are told; None where nothing may be told."""
    news = freeze_news.find(context.tx, progress, context.now)
    if news is None or not context.may_tell_once():
        return None
    freeze_news.save_told(context.tx, progress.person.id, news.spent)
    return news
