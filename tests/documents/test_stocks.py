"""Label stocks: every shipped file loads, every damaged one is refused with its reason."""

from pathlib import Path

import pytest

from tests.documents.paper import STOCKS, stock
from warehouse_desk.common.languages import LANGUAGES
from warehouse_desk.common.messages import set_language
from warehouse_desk.common.resources import resource_file
from warehouse_desk.documents.errors import BadStock
from warehouse_desk.documents.stock import load_stock
from warehouse_desk.documents.units import MM

SOUND = resource_file("stocks", "avery-l7165.toml").read_text("utf-8")


def test_the_seven_stocks_ship() -> None:
    assert STOCKS == ["100x100", "100x150", "4x6in", "80-roll", "a4-4up", "a6", "avery-l7165"]


@pytest.mark.parametrize("key", STOCKS)
def test_every_shipped_stock_has_a_name_in_each_language(key: str) -> None:
    assert len(set(stock(key).names.values())) >= 2
    for code in LANGUAGES:
        try:
            set_language(code)
            assert stock(key).name == stock(key).names[code]
        finally:
            set_language("en")


def test_a_stock_without_a_name_in_a_language_has_its_english_one(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SOUND.replace('fr = "Avery L7165, 8 étiquettes sur A4"', ""), "utf-8")
    assert load_stock(file).name_in("fr") == "Avery L7165, 8 labels on A4"
    assert load_stock(file).name_in("ar") == "Avery L7165، 8 ملصقات على A4"


def test_a_sheet_is_filled_along_its_rows() -> None:
    sheet = stock("avery-l7165")
    assert sheet.per_page == 8
    assert sheet.corner(0) == pytest.approx((4.67 * MM, 13.04 * MM))
    assert sheet.corner(1) == pytest.approx((106.31 * MM, 13.04 * MM))
    assert sheet.corner(2) == pytest.approx((4.67 * MM, 80.77 * MM))


def test_a_new_stock_is_a_new_file(tmp_path: Path) -> None:
    file = tmp_path / "jumbo.toml"
    file.write_text(SOUND.replace("99.06", "98.0"), "utf-8")
    assert load_stock(file).key == "jumbo"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("dpi = 600", "dpi = 72", "dpi must be one of 203, 300, 600"),
        ("dpi = 600", "", "dpi must be one of"),
        ("dpi = 600", "dpi = 600\ncut_marks = 'yes'", "cut_marks must be true or false"),
        ("[label]", "[lable]", "unknown setting: lable"),
        ("margin = 3.0", "margins = 3.0", "unknown setting: label.margins"),
        ("margin = 3.0", "", "label.margin must be a number of millimetres from 0"),
        ("margin = 3.0", "margin = 12.0", "with a margin of 12 mm leaves too little"),
        ("width = 99.06", "width = '99 mm'", "label.width must be a number of millimetres from 0"),
        ("width = 99.06", "width = nan", "label.width must be a number of millimetres from 0"),
        ("width = 210.0", "width = 0", "page.width must be more than 0"),
        ("columns = 2", "columns = 2.5", "grid.columns must be a whole number from 1"),
        ("rows = 4", "rows = 0", "grid.rows must be a whole number from 1"),
        ("columns = 2", "columns = 3", "past page.width of 210 mm"),
        ("top = 13.04", "top = 60", "past page.height of 297 mm"),
        ("top = 13.04", "top = -1", "grid.top must be a number of millimetres from 0"),
        ("pitch_y = 67.73", "pitch_y = 60", "less than the label's 67.73 mm, so labels would overlap"),
        ("height = 67.73", "height = 40", "leaves too little"),
        ('en = "Avery L7165, 8 labels on A4"', "", "name.en is missing"),
        ('fr = "Avery L7165, 8 étiquettes sur A4"', 'fr = " "', "name.fr must be a text"),
        ("[page]", "[page", "is not valid TOML"),
    ],
)
def test_a_damaged_stock_is_refused_with_its_reason(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in SOUND
    file = tmp_path / "mine.toml"
    file.write_text(SOUND.replace(old, new, 1), "utf-8")
    with pytest.raises(BadStock) as refusal:
        load_stock(file)
    assert str(refusal.value).startswith("The label format mine.toml cannot be used: ")
    assert reason in str(refusal.value)
    assert str(refusal.value).endswith("Correct the file or choose another format.")


def test_a_missing_part_and_a_missing_file_are_named(tmp_path: Path) -> None:
    file = tmp_path / "bare.toml"
    file.write_text("dpi = 203\n[page]\nwidth = 100\nheight = 150\n", "utf-8")
    with pytest.raises(BadStock, match=r"the part \[name\] is missing"):
        load_stock(file)
    with pytest.raises(BadStock, match=r"gone.toml cannot be used: it cannot be read"):
        load_stock(tmp_path / "gone.toml")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "latin.toml"
    file.write_bytes(SOUND.encode("utf-16"))
    with pytest.raises(BadStock, match="is not valid TOML"):
        load_stock(file)
