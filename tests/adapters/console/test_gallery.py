"""The docs show cards as the program draws them now."""

from pathlib import Path

from tests.adapters.console.gallery import PICTURES, SCENES, draw


async def test_the_pictures_of_cards_are_as_the_program_draws_them(tmp_path: Path) -> None:
    drawn = await draw(tmp_path)
    assert set(drawn) == set(SCENES)
    for name, svg in drawn.items():
        kept = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")
        assert kept == svg, "python -m tests.adapters.console.gallery draws them anew"
