"""The daily copies: a fresh one is needed to go back to."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.checkup.line import Line, ago, warning, well
from bot.config import Settings
from bot.upkeep import copies

SUBJECT = "daily copies"
MAX_AGE = timedelta(days=2)


def look(settings: Settings, now: datetime, *, is_needed: bool) -> Line:
    """Tell the newest of the daily copies; `is_needed` where the bot has served for long enough to have made one."""
    location, folder = settings.database.location, settings.backup_folder
    if not isinstance(location, Path):
        return well(SUBJECT, "not made of a server's database: back it up with the server's own tools")
    if folder is None:
        return warning(
            SUBJECT,
            "switched off",
            'set [backup] folder = "backups", or run `tenhours backup FILE` yourself',
        )
    dated = copies.all_of(folder, location)
    if not dated:
        words = f"none in {folder} yet; `tenhours run` makes one every day"
        return warning(SUBJECT, words, "look for “copy failed” in the log") if is_needed else well(SUBJECT, words)
    newest, _ = dated[-1]
    if is_needed and now - newest > MAX_AGE:
        return warning(SUBJECT, f"the newest is {ago(now - newest)} old", "look for “copy failed” in the log")
    return well(SUBJECT, f"{len(dated)} in {folder}, the newest {ago(now - newest)} old")
