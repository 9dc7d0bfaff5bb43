"""The big answer: full colour, a shape, one word; read from two metres, told to screen readers."""

import unicodedata

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from warehouse_desk.ui.icons import icon_pixmap
from warehouse_desk.ui.scanner.wording import Verdict
from warehouse_desk.ui.theme import VERDICTS, tokens

_SHAPES = {
    "done": "verdict-done",
    "already": "verdict-already",
    "refused": "verdict-refused",
    "pending": "verdict-pending",
    "info": "verdict-ready",
}
_RADIUS = 10.0
_MARKS = 0.16
_LEAST_WORD = 18
_MOST_WORD = 150
"""Pixels of the word's letters; 69 px can be read at two metres without effort (22 minutes of arc, 96 dpi)."""

_MOST_SENTENCE = 46
_WITH_REFERENCE, _ALONE = 0.33, 0.4
"""Share of the height that the word takes."""


class VerdictPanel(QWidget):
    """Paints one verdict as large as its room allows. An answer stays until the next reading."""

    clicked = Signal()
    verdict_shown = Signal(object)
    """The ``Verdict`` that is shown now."""

    def __init__(self, parent: QWidget | None = None, *, announces: bool = True) -> None:
        super().__init__(parent)
        self._announces = announces
        self.verdict = Verdict("info", "", "", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(260, 120)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's own name
        """Ask for a broad field."""
        return QSize(560, 180)

    def show_verdict(self, verdict: Verdict) -> None:
        """Show an answer and announce it."""
        self.verdict = verdict
        words = f"{verdict.word} {verdict.reference}. {verdict.sentence}"
        self.setAccessibleName(words)
        # At once, before the list and the table are brought up to date: the worker waits for this.
        self.repaint()
        self.verdict_shown.emit(verdict)
        if self._announces and verdict.level in {"done", "already", "refused"}:
            self._announce(words, urgent=verdict.level == "refused")

    def _announce(self, words: str, *, urgent: bool) -> None:
        event = QAccessibleAnnouncementEvent(self, words)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's own name
        """Say that somebody has seen the answer."""
        super().mousePressEvent(event)
        self.clicked.emit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's own name
        """Paint anew in another scheme."""
        super().changeEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's own name
        """Paint ground, shape and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, ink = self._colours()
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setBrush(QColor(ground))
        painter.setPen(QPen(QColor(tokens().text if self.verdict.level == "already" else tokens().line), 3))
        painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        self._paint_words(painter, ink)
        painter.end()

    def _colours(self) -> tuple[str, str]:
        if self.verdict.level == "info":
            return tokens().raised, tokens().text
        return VERDICTS[self.verdict.level]

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        height = self.height()
        side = min(round(height * 0.56), round(self.width() * 0.2))
        gap = max(14, round(height * 0.08))
        sign = icon_pixmap(_SHAPES[self.verdict.level], ink, side, self.devicePixelRatioF())
        area = self.rect().adjusted(gap, gap // 2, -gap, -gap // 2)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        sign_left = area.right() - side if mirrored else area.left()
        painter.drawPixmap(sign_left, area.center().y() - side // 2, sign)
        words = area.adjusted(0, 0, -side - gap, 0) if mirrored else area.adjusted(side + gap, 0, 0, 0)
        painter.setPen(QColor(ink))
        self._paint_lines(painter, words)

    def _paint_lines(self, painter: QPainter, area: QRect) -> None:
        """Stack word, reference and sentence, each as large as fits, in the middle of the height."""
        verdict = self.verdict
        share = _WITH_REFERENCE if verdict.reference else _ALONE
        parts = [(_fitting(verdict.word, area.width(), round(area.height() * share)), verdict.word)]
        if verdict.reference:
            parts.append((_fitting(verdict.reference, area.width(), round(area.height() * 0.2)), verdict.reference))
        area = area.adjusted(0, _over_the_line(*parts[0]), 0, 0)
        heights = [QFontMetrics(font).height() for font, _ in parts]
        rest = QRect(0, 0, area.width(), max(14, area.height() - sum(heights)))
        parts.append((_wrapping(verdict.sentence, rest), verdict.sentence))
        heights.append(min(rest.height(), _wrapped_height(parts[-1][0], rest, verdict.sentence)))
        top = area.top() + max(0, (area.height() - sum(heights)) // 2)
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        flags |= Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip
        for (font, text), height in zip(parts, heights, strict=True):
            self._draw(painter, font, QRect(area.left(), top, area.width(), height), flags, text)
            top += height

    @staticmethod
    def _draw(painter: QPainter, font: QFont, area: QRect, flags: int | Qt.AlignmentFlag, text: str) -> None:
        painter.setFont(font)
        painter.drawText(area, int(flags), text)


def _over_the_line(font: QFont, text: str) -> int:
    """Return by how much the marks of Arabic letters rise over the line that the font asks for, in pixels.

    The font's own measure of a text leaves part of the marks out.
    """
    return round(font.pixelSize() * _MARKS) if any(unicodedata.combining(char) for char in text) else 0


def _font(pixels: int, *, bold: bool) -> QFont:
    font = QFont(QApplication.font())
    font.setPixelSize(max(pixels, 10))
    font.setBold(bold)
    return font


def _fitting(text: str, width: int, pixels: int) -> QFont:
    """Return the largest bold font up to ``pixels`` in which a text stands in one line."""
    size = min(max(pixels, _LEAST_WORD), _MOST_WORD)
    advance = QFontMetrics(_font(size, bold=True)).horizontalAdvance(text) + size // 4
    if advance > width > 0:
        size = max(_LEAST_WORD, size * width // advance)
    return _font(size, bold=True)


def _wrapping(text: str, area: QRect) -> QFont:
    """Return the largest font in which a sentence fits its room, broken into lines."""
    for size in range(min(_MOST_SENTENCE, max(12, area.height())), 11, -1):
        font = _font(size, bold=False)
        box = QFontMetrics(font).boundingRect(area, int(Qt.TextFlag.TextWordWrap), text)
        if box.height() <= area.height() and box.width() <= area.width():
            return font
    return _font(12, bold=False)


def _wrapped_height(font: QFont, area: QRect, text: str) -> int:
    return QFontMetrics(font).boundingRect(area, int(Qt.TextFlag.TextWordWrap), text).height()
