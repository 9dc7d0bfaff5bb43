"""The same label for printers that are fed ZPL."""

import re

import pytest
from PIL import Image

from tests.documents.paper import STOCKS, stock
from tests.documents.parcels import ALL, ARABIC, FRENCH, UGLY
from warehouse_desk.documents import code128
from warehouse_desk.documents.label import LabelSpec
from warehouse_desk.documents.stock import Nudge
from warehouse_desk.documents.zpl import label_zpl

_GRAPHIC = re.compile(r"\^FO(\d+),(\d+)\^GFA,(\d+),(\d+),(\d+),([0-9A-F,:]+)\^FS")


def bitmap(total: int, across: int, data: str) -> Image.Image:
    """Unpack a graphic field as a printer does."""
    rows: list[str] = []
    row = ""
    for sign in data:
        if sign == ":":
            rows.append(rows[-1])
        elif sign == ",":
            rows.append(row.ljust(2 * across, "0"))
            row = ""
        else:
            row += sign
            if len(row) == 2 * across:
                rows.append(row)
                row = ""
    packed = bytes.fromhex("".join(rows))
    assert len(packed) == total
    return Image.frombytes("1", (across * 8, total // across), packed)


def test_the_label_has_its_size_its_letters_and_its_reference() -> None:
    zpl = label_zpl(FRENCH, stock("100x150")).decode()
    assert zpl.startswith("^XA^CI28")
    assert "^PW800^LL1200" in zpl
    assert "^FDORD-00001^FS" in zpl
    assert "^FDYasmine El Idrissi^FS" in zpl
    assert "^FD1 234,50 MAD^FS" in zpl
    assert zpl.endswith("^XZ\n")


def test_the_printer_draws_the_very_bars_that_the_layout_made_room_for() -> None:
    zpl = label_zpl(FRENCH, stock("100x150")).decode()
    # >: begins in set B, >5 changes to pairs of digits.
    assert "^BY4^BCN," in zpl
    assert "^FD>:ORD-0>50001^FS" in zpl


@pytest.mark.parametrize(
    ("text", "data"),
    [("123456", ">;123456"), ("12345", ">;1234>65"), ("A>B", ">:A>0B"), ("X999999Y", ">:X>5999999>6Y")],
)
def test_every_change_of_code_set_is_told_to_the_printer(text: str, data: str) -> None:
    assert code128.encode(text).zpl == data


def test_arabic_goes_as_a_picture_with_ink_in_it() -> None:
    zpl = label_zpl(ARABIC, stock("100x150")).decode()
    graphics = _GRAPHIC.findall(zpl)
    assert len(graphics) >= 8
    for _, _, total, _, across, data in graphics:
        picture = bitmap(int(total), int(across), data)
        assert picture.getbbox() is not None
    assert not re.search("[\u0590-\u08ff\ufe70-\ufefc]", zpl)


@pytest.mark.parametrize("key", STOCKS)
@pytest.mark.parametrize("spec", ALL, ids=["french", "arabic", "ugly", "prepaid"])
def test_every_field_begins_on_the_label(key: str, spec: LabelSpec) -> None:
    kind = stock(key)
    zpl = label_zpl(spec, kind, dpi=203).decode()
    origins = [(int(x), int(y)) for x, y in re.findall(r"\^F[OT](\d+),(\d+)", zpl)]
    assert len(origins) > 10
    assert all(0 <= x < kind.label.width * 8 and 0 <= y < kind.label.height * 8 for x, y in origins)


def test_a_text_cannot_smuggle_commands_to_the_printer() -> None:
    from dataclasses import replace

    zpl = label_zpl(replace(FRENCH, notes="^XZ~JR_5E\\&"), stock("100x150")).decode()
    assert zpl.count("^XZ") == 1
    assert "~" not in zpl
    assert "_5EXZ_7EJR_5F5E_5C&" in zpl


def test_the_nudge_moves_fields_by_dots() -> None:
    plain = label_zpl(UGLY, stock("100x150")).decode()
    moved = label_zpl(UGLY, stock("100x150"), nudge=Nudge(1.0, 2.0)).decode()
    (x, y), (moved_x, moved_y) = (
        map(int, re.search(r"\^FO(\d+),(\d+)\^BY", zpl).groups())  # type: ignore[union-attr]
        for zpl in (plain, moved)
    )
    assert (moved_x - x, moved_y - y) == (8, 16)
