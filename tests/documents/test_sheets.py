"""Hand-over sheets, packing slips, sheets of barcodes and test pages."""

import io
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.documents.paper import STOCKS, one_bit, pages, said, scanned, stock
from tests.documents.parcels import ALL, DAY, FRENCH, SHOP, UGLY
from warehouse_desk.documents.codes import BADGES, COMMANDS, STATIONS, Card, render_cards
from warehouse_desk.documents.errors import CannotScan, NothingToPrint
from warehouse_desk.documents.handover import HandOver, HandOverRow, render_hand_over
from warehouse_desk.documents.slip import render_packing_slips
from warehouse_desk.documents.stock import Nudge
from warehouse_desk.documents.testpage import SAMPLE, render_test_page


def a_hand_over(count: int, *, closed: bool = True) -> HandOver:
    rows = [
        HandOverRow(
            reference=f"ORD-{i:05d}",
            recipient=("Yasmine El Idrissi", "Hassan " * 14)[i % 2],
            phone=f"06123{i:05d}",
            city=("Casablanca", "Aït Melloul")[i % 2],
            address=("12, rue des Orangers", "Résidence Al Firdaous, immeuble C, 4e étage, " * 8)[i % 3 == 0],
            pieces=i % 5 + 1,
            cod_centimes=(10_000 * i, None)[i % 4 == 0],
            tracking_number=f"OZ25{i:08d}MA",
        )
        for i in range(1, count + 1)
    ]
    return HandOver(number="BR-00012", carrier="Ozone Express", sender=SHOP, day=DAY, rows=rows, closed=closed)


def sheet_of(spec: HandOver) -> tuple[bytes, int]:
    to = io.BytesIO()
    count = render_hand_over(spec, to)
    return to.getvalue(), count


def cards_of(cards: Sequence[Card]) -> bytes:
    to = io.BytesIO()
    render_cards(cards, COMMANDS, to)
    return to.getvalue()


def test_the_hand_over_sheet_names_every_parcel_once_and_sums_the_cash() -> None:
    pdf, count = sheet_of(a_hand_over(60))
    text = " ".join(said(pdf, page) for page in range(count))
    for i in range(1, 61):
        assert text.count(f"ORD-{i:05d}") == 1
    cash = sum(100 * i for i in range(1, 61) if i % 4)
    assert f"{cash:,}".replace(",", " ") + ",00 DH" in text
    assert "60 colis" in text
    assert "DÉJÀ PAYÉ" in text
    assert "Ozone Express" in text
    assert "BON DE RAMASSAGE" in text
    assert "06 12 30 00 60" in text
    assert text.count("12, rue des Orangers") == 40


def test_a_struck_line_stays_on_the_sheet_crossed_out_and_counts_no_more() -> None:
    spec = a_hand_over(3)
    struck = replace(spec.rows[1], struck="Colis oublié au dépôt · Salma · 02/03/2026 09:00")
    text = said(sheet_of(replace(spec, rows=[spec.rows[0], struck, spec.rows[2]]))[0])
    assert "ORD-00002" in text
    assert "Rayé : Colis oublié au dépôt · Salma" in text.replace("\u00a0", " ")
    assert "2 colis" in text
    assert "400,00 DH" in text


def test_the_hand_over_sheet_writes_arabic_customers() -> None:
    row = HandOverRow(reference="ORD-00001", recipient="محمد الإدريسي العلوي", city="الدار البيضاء", cod_centimes=5_000)
    text = said(sheet_of(replace(a_hand_over(1), rows=[row]))[0])
    for word in ("محمد", "الإدريسي", "العلوي", "البيضاء", "للناقل"):
        assert word in text


@pytest.mark.parametrize("parcels", [1, 15, 16, 17, 21, 22, 23, 38, 39, 48, 120])
def test_totals_and_signatures_stand_once_on_the_last_page(parcels: int) -> None:
    pdf, count = sheet_of(a_hand_over(parcels))
    texts = [said(pdf, page) for page in range(count)]
    assert ["TOTAL À ENCAISSER" in text for text in texts] == [False] * (count - 1) + [True]
    assert ["Pour l'entrepôt" in text for text in texts] == [False] * (count - 1) + [True]
    assert all(f"{page}/{count}" in text for page, text in enumerate(texts, 1))
    assert sum(text.count("ORD-") for text in texts) == parcels


def test_a_hand_over_is_a_draft_until_it_is_closed() -> None:
    draft, count = sheet_of(a_hand_over(60, closed=False))
    closed, _ = sheet_of(a_hand_over(60))
    assert all("BROUILLON" in said(draft, page) for page in range(count))
    assert all("BROUILLON" not in said(closed, page) for page in range(count))


def test_an_empty_hand_over_is_refused() -> None:
    with pytest.raises(NothingToPrint, match=r"Pickup sheet BR-00012 has no parcel yet."):
        sheet_of(replace(a_hand_over(1), rows=()))


def test_every_command_barcode_scans() -> None:
    codes = [f"CMD-{word}" for word in ("SHIP", "DELIVER", "RETURN", "UNDO", "CONFIRM", "HELP", "STOP", "F2", "Z9")]
    pdf = cards_of([Card(f"Commande {code}", "تأكيد · à scanner", code) for code in codes])
    read = [text for image in pages(pdf, 300) for text in scanned(one_bit(image))]
    assert read == codes
    assert "CMD-SHIP" in said(pdf)


def test_a_badge_scans_and_does_not_spell_its_code() -> None:
    to = io.BytesIO()
    render_cards([Card("فاطمة الزهراء", "مشرفة", "U-7F3A9C21D4"), Card("W" * 80, "x " * 300, "U-1")], BADGES, to)
    (image,) = pages(to.getvalue(), 300)
    assert scanned(image) == ["U-7F3A9C21D4", "U-1"]
    assert "U-7F3A9C21D4" not in said(to.getvalue())
    assert "فاطمة الزهراء" in said(to.getvalue())


def test_a_card_that_cannot_scan_and_an_empty_sheet_are_refused() -> None:
    with pytest.raises(CannotScan, match="does not fit as a barcode"):
        cards_of([Card("Trop long", "", "A-CODE-OF-FORTY-SIGNS-THAT-IS-TOO-LONG-X")])
    with pytest.raises(NothingToPrint, match="no barcode to print"):
        render_cards([], STATIONS, io.BytesIO())


def test_a_packing_slip_lists_what_to_put_in_and_scans() -> None:
    to = io.BytesIO()
    assert render_packing_slips(ALL, to) == len(ALL)
    images = list(pages(to.getvalue(), 300))
    assert [scanned(image) for image in images] == [[spec.reference] for spec in ALL]
    text = said(to.getvalue())
    for part in (
        "BON DE PRÉPARATION",
        "ARG-250",
        "Huile d'argan bio 250 ml",
        "3 pièces",
        "Appeler avant de passer",
    ):
        assert part in text
    ugly = said(to.getvalue(), ALL.index(UGLY))
    assert all(f"SKU-{i}-" in ugly for i in range(10))


def test_cancelled_packing_slips_stop_after_the_page_in_hand() -> None:
    asked: list[bool] = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) > 2

    assert render_packing_slips([FRENCH] * 9, io.BytesIO(), cancelled=cancelled) == 2
    with pytest.raises(NothingToPrint):
        render_packing_slips([], io.BytesIO())


@pytest.mark.parametrize("key", STOCKS)
def test_the_test_page_shows_bars_at_each_width_that_scans(key: str) -> None:
    to = io.BytesIO()
    shown = render_test_page(stock(key), to, dpi=203)
    (image,) = pages(to.getvalue())
    assert scanned(image) == [SAMPLE] * shown
    assert shown >= 2
    assert "100" in said(to.getvalue()) or stock(key).label.width < 100


def test_the_ruler_measures_real_millimetres() -> None:
    to = io.BytesIO()
    render_test_page(stock("100x150"), to, nudge=Nudge())
    (image,) = pages(to.getvalue())
    paper = one_bit(image)
    row = [paper.getpixel((x, 30)) == 0 for x in range(paper.width)]  # 3.75 mm down: only the tens reach
    tens = [x for x in range(1, paper.width) if row[x] and not row[x - 1]]
    assert [mark for mark in tens if mark % 80 in (0, 1, 79)][:8] == pytest.approx([80 * n for n in range(1, 9)], abs=1)
