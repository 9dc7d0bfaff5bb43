"""A real CUPS server: its filters and drivers turn our PDF into what a printer gets, and that still scans."""

import io
import re
from collections.abc import Iterator
from itertools import groupby

import pypdfium2 as pdfium
import pytest
from PIL import Image

from tests.documents.paper import STOCKS, one_bit, pages, pdf_of, scanned, stock
from tests.documents.parcels import ALL, FRENCH, a_run
from tests.documents.zebra import ink, printed
from tests.support.printing import OFFICE_DRIVER, ZEBRA_DRIVER, CupsServer, LoopbackPrinter
from warehouse_desk.documents.layout import lay_out
from warehouse_desk.documents.placed import Bars
from warehouse_desk.documents.testpage import render_test_page
from warehouse_desk.documents.units import dot
from warehouse_desk.printers.errors import PrinterUnavailable
from warehouse_desk.services.paper.printers import Printers

pytestmark = pytest.mark.slow

ROLLS = [key for key in STOCKS if stock(key).per_page == 1]
SHEETS = [key for key in STOCKS if stock(key).per_page > 1]


@pytest.fixture(params=[203, 300])
def zebra(request: pytest.FixtureRequest, cups: CupsServer, printer: LoopbackPrinter) -> Iterator[int]:
    """A queue of a thermal printer whose driver's own paper is another than ours; its dots per inch."""
    dpi: int = request.param
    options = ("PageSize=w288h360", f"Resolution={dpi}dpi")
    cups.add_queue("Zebra", f"socket://{printer.address}", ZEBRA_DRIVER, *options)
    yield dpi
    cups.remove_queue("Zebra")


@pytest.fixture
def office(cups: CupsServer, printer: LoopbackPrinter) -> Iterator[str]:
    """A queue of a laser printer with A4 in its tray."""
    cups.add_queue("Office", f"socket://{printer.address}", OFFICE_DRIVER, "PageSize=A4")
    yield "Office"
    cups.remove_queue("Office")


def pdf_in(job: bytes) -> bytes:
    """Return the document in a job that also tells the printer what language it is in."""
    return job[job.index(b"%PDF") : job.rindex(b"%%EOF") + 6]


def bars_of(image: Image.Image, y: int) -> list[int]:
    """Return how wide bars and spaces are along a row, in dots, without the white at both ends."""
    row = [image.getpixel((x, y)) == 0 for x in range(image.width)]
    return [len(list(dots)) for _, dots in groupby(row)][1:-1]


@pytest.mark.parametrize("key", ROLLS)
def test_a_thermal_queue_prints_every_label_whole_and_to_the_dot(
    zebra: int, cups: CupsServer, printer: LoopbackPrinter, key: str
) -> None:
    Printers.print_on_queue("Zebra", pdf_of(*ALL, on=key, dpi=zebra), "Labels")
    labels = printed(printer.job(cups), zebra)
    assert [text for label in labels for text in scanned(label)] == [spec.reference for spec in ALL]
    for spec, label in zip(ALL, labels, strict=True):
        (drawn,) = pages(pdf_of(spec, on=key, dpi=zebra), zebra)
        ours, theirs = ink(one_bit(drawn)), ink(label)
        # Nothing is cut off and nothing is scaled: 1 % of a label would be eight dots at least.
        assert [theirs[2] - theirs[0], theirs[3] - theirs[1]] == pytest.approx(
            [ours[2] - ours[0], ours[3] - ours[1]], abs=3
        )
        (bars,) = [item for item in lay_out(spec, stock(key), zebra).items if isinstance(item, Bars)]
        top = theirs[1] - ours[1]
        seen = bars_of(label, top + round((bars.box.y + bars.box.h / 2) / dot(zebra)))
        wanted = [width * bars.module_dots for width in bars.symbol.widths]
        assert seen == pytest.approx(wanted, abs=1)


@pytest.mark.parametrize("key", SHEETS)
def test_sheets_of_labels_lie_on_the_paper_where_the_labels_are(
    office: str, cups: CupsServer, printer: LoopbackPrinter, key: str
) -> None:
    specs = list(a_run(stock(key).per_page))
    ours = pdf_of(*specs, on=key)
    Printers.print_on_queue(office, ours, "Labels")
    theirs = pdf_in(printer.job(cups))
    (wanted,), (seen,) = pages(ours, 300), pages(theirs, 300)
    assert seen.size == pytest.approx(wanted.size, abs=4)  # A4 in whole points, as the driver knows it
    assert ink(one_bit(seen)) == pytest.approx(ink(one_bit(wanted)), abs=4)
    assert scanned(one_bit(seen)) == [spec.reference for spec in specs]


@pytest.mark.parametrize("key", ROLLS)
def test_an_office_printer_without_that_paper_does_not_scale_either(
    office: str, cups: CupsServer, printer: LoopbackPrinter, key: str
) -> None:
    ours = pdf_of(FRENCH, on=key)
    Printers.print_on_queue(office, ours, "Labels")
    (wanted,), (seen,) = pages(ours, 300), pages(pdf_in(printer.job(cups)), 300)
    left, top, right, bottom = ink(one_bit(wanted))
    x, y, end, below = ink(one_bit(seen))
    assert (end - x, below - y) == pytest.approx((right - left, bottom - top), abs=3)
    assert scanned(one_bit(seen)) == [FRENCH.reference]


def test_a_hundred_millimetres_of_the_ruler_are_a_hundred_on_paper(
    office: str, cups: CupsServer, printer: LoopbackPrinter
) -> None:
    to = io.BytesIO()
    render_test_page(stock("a6"), to)
    Printers.print_on_queue(office, to.getvalue(), "Test page")
    document = pdfium.PdfDocument(pdf_in(printer.job(cups)))
    try:
        assert [side / 72 * 25.4 for side in document[0].get_size()] == pytest.approx([105, 148], abs=0.3)
    finally:
        document.close()


def test_copies_and_titles_arrive(office: str, cups: CupsServer, printer: LoopbackPrinter) -> None:
    name = Printers.print_on_queue(office, pdf_of(FRENCH, on="a6"), "Étiquettes 12 “x” -o raw", copies=2)
    assert re.fullmatch("Office-[0-9]+", name)
    document = pdfium.PdfDocument(pdf_in(printer.job(cups)))
    try:
        assert len(document) in (1, 2)  # copies are pages, or are told to the printer
    finally:
        document.close()


def test_the_queues_of_the_server_are_known(office: str, cups: CupsServer) -> None:
    assert Printers.queues() == ["Office"]


def test_a_queue_that_takes_no_jobs_says_why(office: str, cups: CupsServer) -> None:
    cups.reject_jobs(office, "Toner is empty")
    with pytest.raises(PrinterUnavailable, match=r"printer Office did not accept the job \(.* is not accepting jobs"):
        Printers.print_on_queue(office, pdf_of(FRENCH, on="a6"), "Labels")


def test_a_queue_that_is_not_there_is_named(cups: CupsServer) -> None:
    with pytest.raises(PrinterUnavailable, match=r"printer Gone did not accept the job \(.* does not exist"):
        Printers.print_on_queue("Gone", pdf_of(FRENCH, on="a6"), "Labels")


def test_a_server_that_is_off_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    assert Printers.queues() == []
    with pytest.raises(PrinterUnavailable, match="did not accept the job"):
        Printers.print_on_queue("Office", pdf_of(FRENCH, on="a6"), "Labels")
