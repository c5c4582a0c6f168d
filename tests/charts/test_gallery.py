"""The pictures in the documents are those that the program draws now."""

from pathlib import Path

from PIL import Image, ImageChops, ImageStat

from tests.charts.gallery import FOLDER, make

OF_SCREENS = ("discord-", "slack-", "web-")
"""The beginnings of pictures of messages and pages, which a browser draws."""


def test_the_pictures_in_the_documents_are_drawn_by_this_program(tmp_path: Path) -> None:
    drawn = make(tmp_path)
    shown_names = {path.name for path in FOLDER.glob("*.png") if not path.name.startswith(OF_SCREENS)}
    assert {path.name for path in drawn} == shown_names
    for path in drawn:
        with Image.open(path) as new, Image.open(FOLDER / path.name) as shown:
            assert new.size == shown.size
            difference = ImageStat.Stat(ImageChops.difference(new.convert("RGB"), shown.convert("RGB")))
            assert max(difference.mean) < 2, path.name
            assert (FOLDER / path.name).stat().st_size < 60_000
