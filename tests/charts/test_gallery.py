"""The pictures in the papers are those that the program draws now."""

from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from tests.charts.gallery import FOLDER, make


def test_the_pictures_in_the_papers_are_drawn_by_this_program(tmp_path: Path) -> None:
    made = make(tmp_path)
    assert {path.name for path in made} == {path.name for path in FOLDER.glob("*.png")}
    for path in made:
        with Image.open(path) as now, Image.open(FOLDER / path.name) as kept:
            assert now.size == kept.size
            apart = ImageStat.Stat(ImageChops.difference(now.convert("RGB"), kept.convert("RGB")))
            assert max(apart.mean) < 2, path.name
            assert (FOLDER / path.name).stat().st_size < 60_000
