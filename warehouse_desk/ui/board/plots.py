"""Bar charts that answer to mouse, keyboard and screen reader, painted in the theme's colours, in either direction."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from warehouse_desk.ui.theme import ROW_HEIGHT, tokens

_CENTRE = Qt.AlignmentFlag.AlignCenter
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_RADIUS = 3.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of a chart."""

    label: str
    value: float
    text: str
    """The value as it stands at the bar."""
    sentence: str
    """The whole sentence, for the tooltip and the screen reader."""


def axis_step(most: float, intervals: int) -> float:
    """Return the distance of an axis's marks: 1, 2 or 5 times a power of ten, whole, at most so many intervals."""
    if most <= 0:
        return 1.0
    rough = most / max(1, intervals)
    power: float = 10.0 ** math.floor(math.log10(rough))
    return max(1.0, next(step * power for step in (1, 2, 5, 10) if step * power >= rough * (1 - 1e-9)))


class Chart(QWidget):
    """Bars of which one is current: the arrows move it, Enter, Space or a click choose it."""

    chosen = Signal(int)
    """The place of the bar that was chosen."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self._current = 0
        self._hovered: int | None = None
        self._empty = ""
        self.setAccessibleName(title)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """What is shown."""
        return self._bars

    @property
    def current(self) -> int:
        """The place of the bar that the keyboard is on."""
        return self._current

    def show_bars(self, bars: Sequence[Bar], empty: str = "") -> None:
        """Show values; without any, a sentence in their place."""
        self._bars, self._empty = tuple(bars), empty
        self._hovered = None
        self._move_to(min(self._current, max(0, len(bars) - 1)))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if bars else Qt.FocusPolicy.NoFocus)
        self.updateGeometry()
        self.update()

    def area_of(self, place: int) -> QRectF:
        """Return the part of the chart that belongs to a bar: what a pointer hits."""
        raise NotImplementedError

    def _paint(self, painter: QPainter) -> None:
        raise NotImplementedError

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _move_to(self, place: int) -> None:
        self._current = place
        sentence = self._bars[place].sentence if self._bars else self._empty
        self.setAccessibleDescription(sentence)
        self.update()

    def _at(self, point: QPointF) -> int | None:
        return next((place for place in range(len(self._bars)) if self.area_of(place).contains(point)), None)

    def _colour(self, place: int) -> QColor:
        colour = QColor(tokens().accent)
        return colour.lighter(118) if place == self._hovered else colour

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPointSizeF(9.0)
        return font

    def _step_of(self, key: int) -> int | None:
        """Return how far a key moves, None where it does not move."""
        forward = -1 if self._mirrored else 1
        steps = {
            Qt.Key.Key_Right: forward,
            Qt.Key.Key_Left: -forward,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Home: -len(self._bars),
            Qt.Key.Key_End: len(self._bars),
        }
        return steps.get(Qt.Key(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's own name
        """Move with the arrows, Home and End; choose with Enter or Space."""
        step = self._step_of(event.key())
        if not self._bars:
            super().keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self._current)
        elif step is not None:
            self._move_to(max(0, min(len(self._bars) - 1, self._current + step)))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's own name
        """Show that the keyboard has left."""
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """Light up the bar under the pointer."""
        place = self._at(event.position())
        if place != self._hovered:
            self._hovered = place
            self.setCursor(Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """Choose the bar that was clicked."""
        place = self._at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and place is not None:
            self._move_to(place)
            self.chosen.emit(place)

    def event(self, event: QEvent) -> bool:
        """Say what a bar means where the pointer rests; forget it when the pointer leaves."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            if place is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(QPoint(event.globalPos()), self._bars[place].sentence, self)
            return True
        if event.type() is QEvent.Type.Leave:
            self._hovered = None
            self.update()
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """Paint the bars, or the sentence in their place."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small())
        if self._bars:
            self._paint(painter)
            self._paint_focus(painter)
        else:
            painter.setPen(QColor(tokens().muted))
            flags = int(_CENTRE) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.rect().adjusted(8, 4, -8, -4), flags, self._empty)
        painter.end()

    def _paint_focus(self, painter: QPainter) -> None:
        if not self.hasFocus():
            return
        painter.setPen(QPen(QColor(tokens().accent), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self.area_of(self._current).adjusted(1, 1, -1, -1), 4, 4)


class ColumnChart(Chart):
    """Upright columns over time, with an axis of whole numbers."""

    _TOP, _BOTTOM, _INTERVALS = 22.0, 24.0, 4
    _WIDEST = 56.0

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(170)
        self.setMaximumHeight(300)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for a shape in which a day is read at a glance."""
        return QSize(480, 190)

    @property
    def _scale(self) -> tuple[float, float]:
        """The axis's distance of marks and its end."""
        most = max((bar.value for bar in self._bars), default=0.0)
        step = axis_step(most, self._INTERVALS)
        return step, step * max(1, math.ceil(most / step))

    def _plot(self) -> QRectF:
        gutter = self.fontMetrics().horizontalAdvance(f"{self._scale[1]:.0f}") + 12.0
        left, right = (4.0, gutter) if self._mirrored else (gutter, 4.0)
        return QRectF(left, self._TOP, self.width() - left - right, self.height() - self._TOP - self._BOTTOM)

    def area_of(self, place: int) -> QRectF:
        """Return the whole strip of a column, from top to label."""
        plot = self._plot()
        width = plot.width() / max(1, len(self._bars))
        at = len(self._bars) - 1 - place if self._mirrored else place
        return QRectF(plot.left() + at * width, 0, width, self.height())

    def _paint(self, painter: QPainter) -> None:
        plot = self._plot()
        self._paint_axis(painter, plot)
        end = self._scale[1]
        every = self._label_distance(painter, plot)
        for place, bar in enumerate(self._bars):
            strip = self.area_of(place)
            width = min(self._WIDEST, strip.width() * 0.68)
            height = plot.height() * bar.value / end
            column = QRectF(strip.center().x() - width / 2, plot.bottom() - height, width, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(place))
            painter.setClipRect(QRectF(column.left(), column.top(), width, height))
            painter.drawRoundedRect(column.adjusted(0, 0, 0, _RADIUS), _RADIUS, _RADIUS)
            painter.setClipping(False)
            painter.setPen(QColor(tokens().text))
            if bar.value and painter.fontMetrics().horizontalAdvance(bar.text) <= strip.width():
                painter.drawText(QRectF(strip.left(), column.top() - 18, strip.width(), 16), _CENTRE, bar.text)
            if place % every == 0:
                painter.setPen(QColor(tokens().muted))
                room = QRectF(strip.center().x() - 40, plot.bottom() + 5, 80, self._BOTTOM - 6)
                painter.drawText(room, _CENTRE, bar.label)

    def _label_distance(self, painter: QPainter, plot: QRectF) -> int:
        widest = max(painter.fontMetrics().horizontalAdvance(bar.label) for bar in self._bars) + 8
        return max(1, math.ceil(widest * len(self._bars) / max(1.0, plot.width())))

    def _paint_axis(self, painter: QPainter, plot: QRectF) -> None:
        step, end = self._scale
        side = Qt.AlignmentFlag.AlignLeft if self._mirrored else Qt.AlignmentFlag.AlignRight
        for number in range(round(end / step) + 1):
            y = plot.bottom() - plot.height() * number * step / end
            painter.setPen(QPen(QColor(tokens().muted if number == 0 else tokens().line), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            left = plot.right() + 6 if self._mirrored else 0.0
            room = QRectF(left, y - 9, (self.width() if self._mirrored else plot.left()) - left - 6, 18)
            painter.setPen(QColor(tokens().muted))
            painter.drawText(room, side | _MIDDLE, f"{number * step:.0f}")


class BarChart(Chart):
    """Lying bars, one below the other: name, bar, value; where given, a dashed mark such as the average."""

    _GAP, _EDGE = 10.0, 6.0

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self._mark: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_mark(self, value: float | None) -> None:
        """Draw a dashed line at a value."""
        self._mark = value
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for a row a bar."""
        return QSize(260, ROW_HEIGHT * max(2, len(self._bars)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Keep every row."""
        return QSize(180, self.sizeHint().height())

    def area_of(self, place: int) -> QRectF:
        """Return a bar's row."""
        return QRectF(0, place * ROW_HEIGHT, self.width(), ROW_HEIGHT)

    def _columns(self) -> tuple[float, float, float]:
        """Return the widths of names, of the longest bar, and of values."""
        metrics = self.fontMetrics()
        names = max(metrics.horizontalAdvance(bar.label) for bar in self._bars) + 2.0
        values = max(metrics.horizontalAdvance(bar.text) for bar in self._bars) + 2.0
        names = min(names, (self.width() - values) * 0.55)
        return names, max(0.0, self.width() - names - values - 2 * self._GAP - 2 * self._EDGE), values

    def _paint(self, painter: QPainter) -> None:
        widths = self._columns()
        most = max(*(bar.value for bar in self._bars), self._mark or 0.0) or 1.0
        for place, bar in enumerate(self._bars):
            row = self.area_of(place)
            if place == self._hovered:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens().raised))
                painter.drawRoundedRect(row, 4, 4)
            self._paint_row(painter, place, widths, bar.value / most)
        if self._mark is not None:
            self._paint_mark(painter, self._EDGE + widths[0] + self._GAP + widths[1] * self._mark / most)

    def _paint_mark(self, painter: QPainter, start: float) -> None:
        x = self.width() - start if self._mirrored else start
        top, bottom = QPointF(x, 2), QPointF(x, ROW_HEIGHT * len(self._bars) - 2)
        halo = QColor(tokens().panel)
        halo.setAlphaF(0.8)
        painter.setPen(QPen(halo, 3))
        painter.drawLine(top, bottom)
        painter.setPen(QPen(QColor(tokens().text), 1, Qt.PenStyle.DashLine))
        painter.drawLine(top, bottom)

    def _paint_row(self, painter: QPainter, place: int, widths: tuple[float, float, float], share: float) -> None:
        bar, row = self._bars[place], self.area_of(place)
        names, room, values = widths
        leading, trailing = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if self._mirrored:
            leading, trailing = trailing, leading
        painter.setPen(QColor(tokens().text))
        name = painter.fontMetrics().elidedText(bar.label, Qt.TextElideMode.ElideRight, round(names))
        painter.drawText(self._across(row, self._EDGE, names), leading | _MIDDLE, name)
        shape = self._across(row, self._EDGE + names + self._GAP, max(2.0, room * share)).adjusted(0, 9, 0, -9)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour(place))
        painter.drawRoundedRect(shape, _RADIUS, _RADIUS)
        painter.setPen(QColor(tokens().text))
        last = row.width() - self._EDGE - values
        painter.drawText(self._across(row, last, values), trailing | _MIDDLE, bar.text)

    def _across(self, row: QRectF, start: float, width: float) -> QRectF:
        left = row.width() - start - width if self._mirrored else start
        return QRectF(left, row.top(), width, row.height())
