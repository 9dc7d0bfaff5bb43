"""Parcel labels: speed, size and memory against a bare reportlab loop that draws the same strings and bars.

The bare loop is given every line already wrapped, shaped and placed; what our figure costs above it is the
layout itself and whatever the drawing does clumsily.
"""

import gc
import io
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from reportlab.pdfgen.canvas import Canvas

from tests.documents.parcels import a_run
from warehouse_desk.documents import code128, writing
from warehouse_desk.documents.fonts import face
from warehouse_desk.documents.layout import lay_out
from warehouse_desk.documents.pdf import render_labels
from warehouse_desk.documents.placed import Bars, Fill, Frame, Placed, PlacedText
from warehouse_desk.documents.stock import shipped_stocks
from warehouse_desk.documents.units import MM, dot

_STOCK = shipped_stocks()["100x150"]
_LABELS = 500
_MANY = 5_000
_ROUNDS = 9


def measure() -> list[dict[str, Any]]:
    """Return labels per second, bytes per label and peak memory, ours beside the bare loop's."""
    rounds = [_round(seed) for seed in range(_ROUNDS)]
    # The median of the rounds' ratios: both sides of a round ran in the same breath, whatever else the machine did.
    speed = statistics.median(ours.seconds / bare.seconds for ours, bare in rounds)
    fastest = min(bare.seconds for _, bare in rounds)
    ours, bare = rounds[-1]
    few, many, bare_many = _peak("ours", _LABELS), _peak("ours", _MANY), _peak("bare", _MANY)
    return [
        _figure("labels per second", _LABELS / (fastest * speed), _LABELS / fastest, "labels/s", _LABELS),
        _figure("bytes per label", ours.size / _LABELS, bare.size / _LABELS, "bytes", _LABELS),
        _figure("peak memory against 500 labels", many, few, "MiB", _MANY),
        _figure("peak memory against the bare loop", many, bare_many, "MiB", _MANY),
    ]


def _figure(name: str, figure: float, floor: float, unit: str, n: int) -> dict[str, Any]:
    """Return one row; the ratio says how many times worse than the floor, whichever way the unit runs."""
    ratio = floor / figure if unit.endswith("/s") else figure / floor
    return {
        "name": name,
        "figure": round(figure, 1),
        "floor": round(floor, 1),
        "ratio": round(ratio, 2),
        "unit": unit,
        "n": n,
    }


@dataclass(frozen=True)
class _Drawn:
    """What one run took: processor time in seconds, and the file's size in bytes."""

    seconds: float
    size: int


def _round(seed: int) -> tuple[_Drawn, _Drawn]:
    """Draw a run of labels and the same with the bare loop, by turns first and second.

    Each round has other customers, so that nothing but headings, cities and products can be remembered.
    """
    specs = list(a_run(_LABELS, seed))
    given = [lay_out(spec, _STOCK, _STOCK.dpi) for spec in specs]
    works = [lambda to: render_labels(specs, _STOCK, to), lambda to: _bare(given, to)]
    order = (0, 1) if seed % 2 else (1, 0)
    drawn = {which: _timed(works[which]) for which in order}
    return drawn[0], drawn[1]


def _timed(draw: Callable[[io.BytesIO], object]) -> _Drawn:
    writing.line.cache_clear()
    to = io.BytesIO()
    gc.collect()
    gc.disable()
    try:
        begun = time.process_time()
        draw(to)
        return _Drawn(time.process_time() - begun, len(to.getvalue()))
    finally:
        gc.enable()


def _bare(labels: list[Placed], to: BinaryIO) -> None:
    canvas = Canvas(to, pagesize=(_STOCK.page.width * MM, _STOCK.page.height * MM), pageCompression=1)
    for label in labels:
        path = canvas.beginPath()
        for item in label.items:
            match item:
                case PlacedText():
                    canvas.setFont(face(item.bold).name, item.size)
                    canvas.drawString(item.box.x, label.height - item.baseline, item.display)
                case Bars(symbol, dots, box):
                    module = dots * dot(_STOCK.dpi)
                    x = box.x + code128.QUIET_MODULES * module
                    for i, width in enumerate(symbol.widths):
                        if i % 2 == 0:
                            path.rect(x, label.height - box.bottom, width * module, box.h)
                        x += width * module
                case Fill(box):
                    path.rect(box.x, label.height - box.bottom, box.w, box.h)
                case Frame(box, line):
                    path.rect(box.x, label.height - box.y - line, box.w, line)
                    path.rect(box.x, label.height - box.bottom, box.w, line)
                    path.rect(box.x, label.height - box.bottom, line, box.h)
                    path.rect(box.right - line, label.height - box.bottom, line, box.h)
        canvas.drawPath(path, stroke=0, fill=1)
        canvas.showPage()
    canvas.save()


def _peak(who: str, count: int) -> float:
    """Return the peak memory in MiB of a process of its own that draws ``count`` labels into a file."""
    with tempfile.TemporaryDirectory() as folder:
        answer = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.benchmarks.labels",
                who,
                str(count),
                str(Path(folder) / "labels.pdf"),
            ],
            check=True,
            capture_output=True,
            text=True,
        )
    return float(answer.stdout)


def _draw_and_tell(who: str, count: int, file: Path) -> None:
    import resource

    with file.open("wb") as to:
        if who == "ours":
            render_labels(a_run(count), _STOCK, to)
        else:
            # The bare loop's own need is its pages; its input is one label over and over.
            one = lay_out(next(a_run(1)), _STOCK, _STOCK.dpi)
            _bare([one] * count, to)
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.1f}")


if __name__ == "__main__":
    _draw_and_tell(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
