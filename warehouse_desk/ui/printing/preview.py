"""Pages as they will come out, one at a time."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.printing.qt_printer import picture_image
from warehouse_desk.ui.tasks import Tasks
from warehouse_desk.ui.widgets.make import named, text_label

_DPI = 203
"""As a label printer shows it: what is ragged here is ragged on paper."""


class PagePreview(QWidget):
    """Shows a PDF page by page; pages are drawn in the background."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pdf = b""
        self._pages = 0
        self._page = 0
        self._pixmap = QPixmap()
        self.sheet = named(QLabel(), "page")
        self.sheet.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sheet.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.sheet.setMinimumSize(QSize(280, 360))
        self.sheet.setAccessibleName(tr("Preview"))
        self.sheet.setWordWrap(True)
        back, forth = "▶◀" if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else "◀▶"
        self.before = self._button(back, tr("Previous page"), -1)
        self.after = self._button(forth, tr("Next page"), 1)
        self.where = text_label("", "muted")
        turn = QHBoxLayout()
        turn.addStretch(1)
        for part in (self.before, self.where, self.after):
            turn.addWidget(part)
        turn.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.sheet, 1)
        box.addLayout(turn)
        self.show_words(tr("Preparing the preview…"))

    def _button(self, text: str, name: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setProperty("step", step)
        button.clicked.connect(self._on_turn)
        return button

    @property
    def page_count(self) -> int:
        """Pages of what is shown."""
        return self._pages

    @property
    def has_picture(self) -> bool:
        """Whether a page is shown."""
        return not self._pixmap.isNull()

    def show_words(self, sentence: str) -> None:
        """Show a sentence in place of a page."""
        self._pdf, self._pages, self._page = b"", 0, 0
        self._pixmap = QPixmap()
        self.sheet.setPixmap(self._pixmap)
        self.sheet.setText(sentence)
        self._refresh()

    def show_pdf(self, pdf: bytes) -> None:
        """Show a PDF from its first page."""
        self._pdf, self._page = pdf, 0
        self._draw()

    @Slot()
    def _on_turn(self) -> None:
        button = self.sender()
        if button is not None:
            self._page += int(button.property("step"))
            self._draw()

    def _draw(self) -> None:
        pdf, number = self._pdf, self._page

        def work() -> tuple[int, object]:
            from warehouse_desk.documents.raster import page_picture, page_sizes

            count = len(page_sizes(pdf))
            return count, picture_image(page_picture(pdf, min(number, count - 1), _DPI))

        self._tasks.run(work, owner=self, done=self._on_drawn, key=f"preview.{id(self)}")

    def _on_drawn(self, drawn: tuple[int, object]) -> None:
        self._pages, image = drawn
        if isinstance(image, QImage):
            self._pixmap = QPixmap.fromImage(image)
        self._refresh()
        self._fit()

    def _refresh(self) -> None:
        many = self._pages > 1
        for part in (self.before, self.where, self.after):
            part.setVisible(many)
        self.before.setEnabled(self._page > 0)
        self.after.setEnabled(self._page + 1 < self._pages)
        self.where.setText(tr("Page {page} of {pages}", page=self._page + 1, pages=self._pages))

    def _fit(self) -> None:
        if not self._pixmap.isNull():
            room = self.sheet.size() * self.devicePixelRatioF()
            shown = self._pixmap.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            shown.setDevicePixelRatio(self.devicePixelRatioF())
            self.sheet.setPixmap(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's own name
        """Keep the whole page in sight."""
        super().resizeEvent(event)
        self._fit()
