"""What stands in the window until the station is connected: patience, a way to try again, or the sign-in."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from warehouse_desk.common.messages import tr
from warehouse_desk.ui.widgets.make import centred, named, text_label
from warehouse_desk.ui.widgets.notice import Notice
from warehouse_desk.wedge.grammar import Grammar, Kind


class SignInPanel(QFrame):
    """User name and password."""

    entered = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setFixedWidth(400)
        self.user = QLineEdit()
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self._sentence = text_label(role="muted", wrap=True)
        self._tried = False
        self._go = named(QPushButton(tr("Sign in"), default=True), "primary")
        self._go.clicked.connect(self._on_go)
        self.user.returnPressed.connect(self._on_user)
        self.password.returnPressed.connect(self._on_go)
        form = QFormLayout()
        form.addRow(tr("&User"), self.user)
        form.addRow(tr("&Password"), self.password)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 22, 24, 22)
        box.setSpacing(12)
        box.addWidget(named(QLabel(tr("Who works at this station?")), "title"))
        box.addWidget(text_label(tr("Scan your badge, or type your name and password."), wrap=True))
        box.addLayout(form)
        box.addWidget(self._sentence)
        box.addWidget(self._go)

    def ask(self, sentence: str) -> None:
        """Ask, with the sentence why; it is a fault only after an attempt."""
        self._sentence.setText(sentence)
        self._sentence.setObjectName("fault" if self._tried else "muted")
        self._sentence.style().unpolish(self._sentence)
        self._sentence.style().polish(self._sentence)
        self._sentence.setVisible(bool(sentence))
        self.password.clear()
        if not self._tried or _is_badge(self.user.text()):  # a badge's code is a secret, and nobody corrects it
            self.user.clear()
        self._tried = False
        self._go.setEnabled(True)
        self.password.clear()
        (self.password if self.user.text() else self.user).setFocus()

    @property
    def sentence(self) -> str:
        """The sentence below the fields."""
        return self._sentence.text()

    @Slot()
    def _on_user(self) -> None:
        """A badge may also be typed, or scanned more slowly than a scanner does: it needs no password."""
        if _is_badge(self.user.text()):
            self._on_go()
        else:
            self.password.setFocus()

    @Slot()
    def _on_go(self) -> None:
        password = self.password.text()
        if _is_badge(password):
            # Scanned with the cursor here, where no reading is looked for: a password is nobody's business.
            self.user.setText(password)
            password = ""
        if self.user.text().strip():
            self._tried = True
            self._go.setEnabled(False)
            self.entered.emit(self.user.text().strip(), password)


def _is_badge(text: str) -> bool:
    return Grammar().kind_of(text.strip().upper()) is Kind.BADGE


class ConnectingPage(QStackedWidget):
    """The window's page before there is a station."""

    retry_requested = Signal()
    signed_in = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice = Notice()
        self._notice.acted.connect(self.retry_requested)
        self.sign_in = SignInPanel()
        self.sign_in.entered.connect(self.signed_in)
        around = QWidget()
        box = QVBoxLayout(around)
        box.addStretch(2)
        box.addLayout(centred(self.sign_in))
        box.addStretch(3)
        self._around = around
        self.addWidget(self._notice)
        self.addWidget(around)
        self.show_waiting()

    def show_waiting(self) -> None:
        """Ask for patience."""
        self._notice.show_text(
            "database", tr("Opening the orders…"), tr("The station is being connected to its database."), ""
        )
        self.setCurrentWidget(self._notice)

    def show_failure(self, sentence: str) -> None:
        """Say why there is no connection, and offer another attempt."""
        self._notice.show_text("verdict-refused", tr("The station is not connected"), sentence, tr("Try again"))
        self.setCurrentWidget(self._notice)

    def ask_sign_in(self, sentence: str) -> None:
        """Ask who works here."""
        self.setCurrentWidget(self._around)
        self.sign_in.ask(sentence)
