"""The parts of a parcel label, each able to say how high it must be and to place itself in a box."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from warehouse_desk.common.formats import day_text
from warehouse_desk.common.messages import msg, nmsg
from warehouse_desk.documents import code128, figures
from warehouse_desk.documents.label import LabelLine, LabelSpec
from warehouse_desk.documents.placed import Bars, Box, Fill, Frame, Item, set_middle, set_text
from warehouse_desk.documents.style import Style
from warehouse_desk.documents.units import MM, dot
from warehouse_desk.documents.words import both, first
from warehouse_desk.documents.writing import ELLIPSIS, Fitted, clean, fit, fit_line, has_arabic, leading, line

_RULE = 0.6
_NOTE_BAR = 1.8
_FRAME = 1.0 * MM
_NARROW = 55 * MM
_HRI_GAP = 1.0
_PLENTY = 10_000.0


@dataclass(frozen=True, slots=True)
class Part:
    """Heights in points: ``least`` to be there at all, ``need`` to be whole, ``ideal`` to be large."""

    least: float
    need: float
    ideal: float
    place: Callable[[Box], Iterable[Item]]


def fixed(height: float, place: Callable[[Box], Iterable[Item]]) -> Part:
    """Return a part of one height."""
    return Part(height, height, height, place)


def header(spec: LabelSpec, style: Style) -> Part:
    """Return who sends the parcel, and the mark of a reprint."""
    name = clean(spec.sender.name)
    detail = clean("  ·  ".join(filter(None, (figures.phone(spec.sender.phone), spec.sender.city))))
    tall = style.sender * leading(has_arabic(name))
    height = tall + style.detail * leading(has_arabic(detail)) + _RULE + 1.5

    def place(box: Box) -> Iterator[Item]:
        room = box.w
        mark = fit_line(first(msg("REPRINT")), box.w * 0.34, (style.sender, 5), bold=True)
        if spec.reprint:
            framed = mark.lines[0].width * mark.size + 3 * MM
            room = box.w - framed - 2 * MM
        yield from set_text("sender", fit_line(name, room, (style.sender, 6.5), bold=True), box, "left")
        below = Box(box.x, box.y + tall, room, box.h - tall)
        yield from set_text("sender", fit_line(detail, room, (style.detail, 6)), below, "left")
        if spec.reprint:
            corner = Box(box.right - framed, box.y, framed, mark.height + 1.6 * MM)
            yield Frame(corner, 1.2)
            yield from set_middle("reprint", mark, corner, "centre")
        yield Fill(Box(box.x, box.bottom - _RULE, box.w, _RULE))

    return fixed(height, place)


def city(spec: LabelSpec, style: Style) -> Part:
    """Return the city, the largest text of the label because parcels are sorted by it, and the area."""
    area = clean(spec.recipient.area)
    below = style.area * leading(has_arabic(area)) if area else 0.0

    def place(box: Box) -> Iterator[Item]:
        upper = Box(box.x, box.y, box.w, box.h - below)
        name = clean(spec.recipient.city)
        name = name if has_arabic(name) else name.upper()
        largest = fit(name, upper.w, upper.h, style.city, bold=True, wrap_at=style.city[1] * 1.6)
        yield from set_middle("city", largest, upper)
        if area:
            line = fit_line(area, box.w, (style.area, 6.5))
            yield from set_text("area", line, Box(box.x, upper.bottom, box.w, below))

    return fixed(style.city_height + below, place)


def barcode(spec: LabelSpec, style: Style, dpi: int) -> Part:
    """Return the bars of the reference, the reference in letters, and the courier's number if any."""
    tracking = clean(spec.tracking_number)
    below = style.hri * leading(False) + _HRI_GAP
    height = style.bars_height + below + (style.detail * leading(False) if tracking else 0.0)

    def place(box: Box) -> Iterator[Item]:
        symbol, dots = code128.fit(spec.reference, box.w, dpi)
        width = (symbol.modules * dots + 1) * dot(dpi)
        bars = Box(box.x + (box.w - width) / 2, box.y, width, box.h - (height - style.bars_height))
        yield Bars(symbol, dots, bars)
        under = Box(box.x, bars.bottom + _HRI_GAP, box.w, below - _HRI_GAP)
        yield from set_text("reference", fit_line(spec.reference, box.w, (style.hri, 7), bold=True), under, "centre")
        if tracking:
            said = first(msg("Tracking number {number}", number=tracking))
            under = Box(box.x, under.bottom, box.w, box.bottom - under.bottom)
            yield from set_text("tracking", fit_line(said, box.w, (style.detail, 6)), under, "centre")

    return Part(height, height, height + 4 * MM, place)


def recipient(spec: LabelSpec, style: Style) -> Part:
    """Return who receives the parcel."""
    name = clean(spec.recipient.name)
    height = style.recipient[0] * leading(has_arabic(name))

    def place(box: Box) -> Iterable[Item]:
        return set_middle("recipient", fit(name, box.w, box.h, style.recipient, bold=True), box)

    return fixed(height, place)


def phones(spec: LabelSpec, style: Style) -> Part:
    """Return the customer's phone, bold, and the second one beside it."""
    number = figures.phone(spec.recipient.phone)
    second = figures.phone(spec.recipient.second_phone)
    tall = has_arabic(number) or has_arabic(second)
    height = style.phone[0] * leading(tall)

    def place(box: Box) -> Iterator[Item]:
        main, beside = box.split(box.w * 0.58, 3 * MM) if second else (box, box)
        yield from set_middle("phone", _numbers(number, main, style.phone, bold=True), main, "left")
        if second:
            yield from set_middle("phone", _numbers(second, beside, style.second_phone), beside, "right")

    return fixed(height, place)


def address(spec: LabelSpec, style: Style, width: float) -> Part:
    """Return the address, in as many lines as there is room for."""
    text = clean(spec.recipient.address)
    ideal = _whole(text, width, style.address[0])
    need = _whole(text, width, _readable(style.address))

    def place(box: Box) -> Iterable[Item]:
        return set_text("address", fit(text, box.w, box.h, style.address), box)

    return Part(min(need, style.address[1] * leading(has_arabic(text))), need, ideal, place)


def cod(spec: LabelSpec, style: Style) -> Part:
    """Return the framed amount to collect, or that the parcel is prepaid."""

    def place(box: Box) -> Iterator[Item]:
        yield Frame(box, _FRAME)
        inner = box.inset(_FRAME + 1.6 * MM, _FRAME + 0.3 * MM)
        if inner.w < _NARROW:
            yield from _narrow_cod(spec, style, inner)
            return
        if spec.is_prepaid:
            french, arabic = both(msg("PREPAID"))
            left, right = inner.split((inner.w - 3 * MM) / 2, 3 * MM) if arabic else (inner, inner)
            size = (min(style.amount[0], 24.0, inner.h / leading(True)), 6.0)
            yield from set_middle(
                "cod", fit_line(french, left.w, size, bold=True), left, "left" if arabic else "centre"
            )
            if arabic:
                fitted = fit(arabic, right.w, right.h, size, bold=True)
                yield from set_middle("cod", fitted, right, "right")
            return
        label, amount = inner.split(inner.w * 0.33, 2 * MM)
        yield from _to_collect(label, style)
        said = figures.money(spec.cod_centimes or 0, spec.currency)
        size = (min(style.amount[0], inner.h / leading(False)), style.amount[1])
        yield from set_middle("cod", fit_line(said, amount.w, size, bold=True), amount, "right")

    return fixed(style.cod_height, place)


def lines(spec: LabelSpec, style: Style) -> Part:
    """Return what is in the parcel, one row a line; rows that find no room are counted."""
    rows = spec.lines
    tall = leading(any(has_arabic(row.name) or has_arabic(row.sku) for row in rows))

    def place(box: Box) -> Iterator[Item]:
        size = min(style.lines[0], max(style.lines[1], box.h / (len(rows) * tall)))
        room = max(1, int(box.h / (size * tall) + 1e-6))
        shown = rows if room >= len(rows) else rows[: room - 1]
        row_box = Box(box.x, box.y, box.w, size * tall)
        columns = (
            size * max((line(f"{row.quantity} ×", bold=True).width for row in shown), default=0),
            min(
                box.w * 0.36,
                size * max((line(clean(row.sku), bold=True).width for row in shown), default=0) + 0.1,
            ),
        )
        for row in shown:
            yield from _row(row, row_box, size, columns)
            row_box = Box(box.x, row_box.bottom, box.w, row_box.h)
        if hidden := len(rows) - len(shown):
            more = first(nmsg("+ {n} more line", "+ {n} more lines", hidden))
            yield from set_text("lines", fit_line(more, box.w, (size, 5), bold=True), row_box, "left")

    if not rows:
        return fixed(0, lambda _box: ())
    least, need, ideal = (size * tall for size in (style.lines[1], _readable(style.lines), style.lines[0]))
    return Part(least, len(rows) * need, len(rows) * ideal, place)


def notes(spec: LabelSpec, style: Style, width: float) -> Part:
    """Return the remarks beside a bar."""
    text = clean(spec.notes)
    if not text:
        return fixed(0, lambda _box: ())
    side = _NOTE_BAR + 1.5 * MM
    ideal = _whole(text, width - side, style.notes[0])
    need = _whole(text, width - side, _readable(style.notes))

    def place(box: Box) -> Iterator[Item]:
        fitted = fit(text, box.w - side, box.h, style.notes)
        bar = box.right - _NOTE_BAR if fitted.rtl else box.x
        yield Fill(Box(bar, box.y, _NOTE_BAR, fitted.height))
        yield from set_text("notes", fitted, Box(box.x + (0 if fitted.rtl else side), box.y, box.w - side, box.h))

    return Part(min(need, style.notes[1] * leading(has_arabic(text))), need, ideal, place)


def footer(spec: LabelSpec, style: Style) -> Part:
    """Return the shipping company or the delivery person, the day, and the number of this label."""
    carrier = clean(spec.carrier)
    height = style.footer[0] * leading(has_arabic(carrier)) + _RULE + 1.5

    def place(box: Box) -> Iterator[Item]:
        yield Fill(Box(box.x, box.y, box.w, _RULE))
        row = Box(box.x, box.y + _RULE + 1.5, box.w, box.h - _RULE - 1.5)
        page = fit_line(f"{spec.page}/{spec.pages}", box.w * 0.16, style.footer, bold=True)
        day = fit_line(day_text(spec.printed_on) if spec.printed_on else "", box.w * 0.24, style.footer)
        left, rest = row.split(row.w * 0.56, 2 * MM)
        yield from set_text("carrier", fit_line(carrier, left.w, style.footer, bold=True), left, "left")
        if spec.printed_on:
            yield from set_text("date", day, rest.split(row.w * 0.24, 0)[0], "right")
        yield from set_text("page", page, row, "right")

    return fixed(height, place)


def _to_collect(box: Box, style: Style) -> Iterator[Item]:
    french, arabic = both(msg("TO COLLECT"))
    size = (min(style.amount[0] * 0.42, box.h / (leading(False) + leading(True))), 5.0)
    upper = fit_line(french, box.w, size, bold=True)
    if not arabic:
        yield from set_middle("cod", upper, box, "left")
        return
    lower: Fitted = fit_line(arabic, box.w, size, bold=True)
    top = box.y + (box.h - upper.height - lower.height) / 2
    yield from set_text("cod", upper, Box(box.x, top, box.w, upper.height), "left")
    yield from set_text("cod", lower, Box(box.x, top + upper.height, box.w, lower.height), "left")


def _narrow_cod(spec: LabelSpec, style: Style, box: Box) -> Iterator[Item]:
    """Place the heading above the amount where the frame is narrow."""
    heading, said = both(msg("PREPAID") if spec.is_prepaid else msg("TO COLLECT")), ""
    if not spec.is_prepaid:
        said = figures.money(spec.cod_centimes or 0, spec.currency)
    share = 0.36 if said else 1.0
    upper = Box(box.x, box.y, box.w, box.h * share)
    size = (upper.h / leading(True), 5.0)
    left, right = upper.split((box.w - 2 * MM) / 2, 2 * MM) if heading[1] else (upper, upper)
    yield from set_middle("cod", fit_line(heading[0], left.w, size, bold=True), left, "left")
    if heading[1]:
        yield from set_middle("cod", fit_line(heading[1], right.w, size, bold=True), right, "right")
    if said:
        lower = Box(box.x, upper.bottom, box.w, box.h - upper.h)
        size = (min(style.amount[0], lower.h / leading(False)), 6.0)
        yield from set_middle("cod", fit_line(said, lower.w, size, bold=True), lower, "right")


def _readable(sizes: tuple[float, float]) -> float:
    """Return the size to which the other parts of the label give way."""
    return (sizes[0] + sizes[1]) / 2


def _numbers(text: str, box: Box, sizes: tuple[float, float], *, bold: bool = False) -> Fitted:
    """Bring phone numbers into a box; a number that finds no room is left out whole, never cut."""
    words = text.split(" ")
    fitted = fit(text, box.w, box.h, sizes, bold=bold)
    while fitted.cut and len(words) > 1:
        words.pop()
        fitted = fit(" ".join([*words, ELLIPSIS]), box.w, box.h, sizes, bold=bold)
    return fitted


def _whole(text: str, width: float, size: float) -> float:
    """Return the height of a whole text at one size."""
    return fit(text, width, _PLENTY, (size, size)).height


def _row(row: LabelLine, box: Box, size: float, columns: tuple[float, float]) -> Iterator[Item]:
    count, rest = box.split(columns[0], size * 0.7)
    sku, name = rest.split(columns[1], size * 0.9)
    sizes = (size, min(size, 6.0))
    yield from set_text("lines", fit_line(f"{row.quantity} ×", count.w, sizes, bold=True), count, "right")
    yield from set_text("lines", fit_line(row.sku, sku.w, sizes, bold=True), sku, "left")
    yield from set_text("lines", fit_line(row.name, name.w, sizes), name, "left")
