"""A run of labels: sheets, start position, nudge, progress, cancelling, size and memory."""

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from tests.documents.paper import one_bit, pages, pdf_of, scanned, stock
from tests.documents.parcels import ALL, FRENCH, a_run
from warehouse_desk.documents.errors import NothingToPrint
from warehouse_desk.documents.label import LabelSpec
from warehouse_desk.documents.pdf import render_labels
from warehouse_desk.documents.stock import Nudge


def test_a_begun_sheet_is_filled_from_its_first_free_label() -> None:
    specs = list(a_run(9))
    first, second = pages(pdf_of(*specs, on="avery-l7165", dpi=203, start=4))
    assert scanned(first) == [spec.reference for spec in specs[:5]]
    assert scanned(second) == [spec.reference for spec in specs[5:]]
    third_row = first.crop((0, 0, first.width, int(80.77 * 8)))
    assert scanned(third_row) == []
    assert scanned(first.crop((first.width // 2, 0, first.width, (148 * 8)))) == [specs[0].reference]


def test_a_full_sheet_is_followed_by_no_empty_page() -> None:
    assert len(list(pages(pdf_of(*a_run(4), on="a4-4up", dpi=203)))) == 1


def test_plain_paper_shows_where_to_cut_and_die_cut_sheets_do_not() -> None:
    def ink_between_labels(key: str) -> bool:
        (image,) = pages(pdf_of(FRENCH, on=key, dpi=203, start=2))
        seam = one_bit(image).crop((image.width // 2 - 2, 0, image.width // 2 + 2, image.height))
        return seam.getextrema() != (255, 255)

    assert ink_between_labels("a4-4up")
    assert not ink_between_labels("avery-l7165")


@pytest.mark.parametrize("start", [0, 9, -1])
def test_a_start_off_the_sheet_is_refused(start: int) -> None:
    with pytest.raises(NothingToPrint, match="between 1 and 8"):
        pdf_of(FRENCH, on="avery-l7165", start=start)


def test_a_nudge_moves_everything_by_so_many_millimetres() -> None:
    def printed(nudge: Nudge) -> bytes:
        to = io.BytesIO()
        render_labels([FRENCH], stock("100x150"), to, nudge=nudge)
        return to.getvalue()

    (still,) = pages(printed(Nudge()))
    (moved,) = pages(printed(Nudge(2.0, -1.5)))
    inverted = (one_bit(image).point(lambda level: 255 - level).getbbox() for image in (still, moved))
    before, after = inverted
    assert before is not None
    assert after is not None
    assert [b - a for a, b in zip(before, after, strict=True)] == [16, -12, 16, -12]


def test_progress_counts_every_label_and_the_run_is_lazy() -> None:
    taken: list[str] = []

    def orders() -> Iterator[LabelSpec]:
        for spec in a_run(5):
            taken.append(spec.reference)
            yield spec

    seen: list[tuple[int, int]] = []
    to = io.BytesIO()
    assert render_labels(orders(), stock("100x150"), to, progress=lambda n: seen.append((n, len(taken)))) == 5
    assert seen == [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5)]


def test_a_cancelled_run_leaves_a_good_file_with_the_labels_done() -> None:
    done: list[int] = []
    to = io.BytesIO()
    count = render_labels(a_run(100), stock("100x150"), to, progress=done.append, cancelled=lambda: len(done) >= 3)
    assert count == 3
    assert [scanned(image) for image in pages(to.getvalue())] == [["ORD-00001"], ["ORD-00002"], ["ORD-00003"]]


def test_a_run_without_labels_is_refused_in_words() -> None:
    with pytest.raises(NothingToPrint, match="There is no label to print"):
        pdf_of()
    with pytest.raises(NothingToPrint):
        render_labels([FRENCH], stock("a6"), io.BytesIO(), cancelled=lambda: True)


def test_the_same_run_gives_the_same_bytes() -> None:
    assert pdf_of(*ALL) == pdf_of(*ALL)


def test_the_page_has_the_size_of_the_paper_to_a_dot() -> None:
    document = pdfium.PdfDocument(pdf_of(FRENCH))
    width, height = document[0].get_size()
    document.close()
    assert (width / 72 * 25.4, height / 72 * 25.4) == pytest.approx((100, 150), abs=0.126)


def test_the_file_holds_compressed_pages_and_two_font_subsets() -> None:
    one, many = len(pdf_of(*a_run(1))), len(pdf_of(*a_run(101)))
    pdf = pdf_of(*ALL)
    assert (many - one) / 100 < 2_500
    assert pdf.count(b"/FontFile2") >= 2
    assert b"Helvetica" not in pdf
    assert pdf.count(b"/FlateDecode") >= len(ALL)


def test_a_file_that_cannot_seek_is_enough(tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.got = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            assert isinstance(data, bytes)
            self.got += data
            return len(data)

    pipe = Pipe()
    render_labels([FRENCH], stock("100x150"), pipe)  # type: ignore[arg-type]  # writes, and nothing else, are used
    assert bytes(pipe.got) == pdf_of(FRENCH)


_PEAK = """
import resource, sys
from tests.documents.paper import stock
from tests.documents.parcels import a_run
from warehouse_desk.documents.pdf import render_labels
with open(sys.argv[2], "wb") as file:
    render_labels(a_run(int(sys.argv[1])), stock("100x150"), file)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="the peak of a process is asked from POSIX")
def test_memory_is_flat_up_to_5000_labels(tmp_path: Path) -> None:
    peaks = [
        int(
            subprocess.run(
                [sys.executable, "-c", _PEAK, str(count), str(tmp_path / f"{count}.pdf")],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        for count in (500, 5_000)
    ]
    assert peaks[1] - peaks[0] < 6 * 1024  # KiB
