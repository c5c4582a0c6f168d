import pytest

from bot.charts import fonts, paint
from bot.charts.paint import fit, width_of
from bot.charts.theme import LIGHT
from tests.charts.samples import EMOJI, HOSTILE, SCRIPTS, short_id


@pytest.mark.parametrize("text", [*SCRIPTS, *EMOJI, *HOSTILE, "A very long name " * 9], ids=short_id)
@pytest.mark.parametrize("width", [60, 240])
def test_what_is_fitted_fits(text: str, width: int) -> None:
    assert width_of(fit(text, 21, width), 21) <= width


def test_what_is_cut_says_so_and_what_fits_stays_whole() -> None:
    assert fit("Ana", 21, 240) == "Ana"
    assert fit("Ana " * 30, 21, 240).endswith("…")
    assert fit("x" * 10_000, 21, 240).startswith("xxx")


def test_bold_is_wider() -> None:
    assert width_of("Leaderboard", 21, bold=True) > width_of("Leaderboard", 21)


def test_without_a_shaping_layout_letters_stand_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    caches = (fonts.face, fonts.font_of, paint._advance)
    for cache in caches:
        cache.cache_clear()
    monkeypatch.setattr(fonts, "shapes", lambda: False)
    monkeypatch.setattr(paint, "shapes", lambda: False)
    canvas = paint.Canvas(300, 40, LIGHT)
    canvas.text((10, 20), "שרה Ana", 20)
    assert canvas.png().startswith(b"\x89PNG")
    [hebrew] = paint._split("שרה")
    assert paint._shape(hebrew) == "הרש"
    for cache in caches:
        cache.cache_clear()
