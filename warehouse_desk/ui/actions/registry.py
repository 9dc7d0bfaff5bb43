"""Builds the catalogue into QActions and keeps them enabled exactly as far as they make sense."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from warehouse_desk.ui.actions.catalogue import CATALOGUE, ActionSpec
from warehouse_desk.ui.actions.enabling import ActionContext, Judgement, judge
from warehouse_desk.ui.icons import icon


class ActionRegistry(QObject):
    """One QAction for each entry of the catalogue."""

    triggered = Signal(str)
    """An action was triggered; carries its id."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._verdicts: dict[str, Judgement] = {}
        self._actions = {spec.id: self._build(spec, window) for spec in CATALOGUE}
        self.refresh(ActionContext())

    def _build(self, spec: ActionSpec, window: QWidget) -> QAction:
        # A menu shows either an icon or a tick: a choice must show whether it holds.
        action = QAction(QIcon() if spec.choice else icon(spec.icon), str(spec.text), window)
        action.setIconText(str(spec.short))
        action.setData(spec.id)
        if spec.shortcut:
            action.setShortcut(QKeySequence(spec.shortcut))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(spec.choice)
        action.triggered.connect(self._on_triggered)
        window.addAction(action)
        return action

    def action(self, identifier: str) -> QAction:
        """Return the QAction of an entry."""
        return self._actions[identifier]

    def why_not(self, identifier: str) -> str:
        """Return the sentence why an action cannot be asked for now; empty where it can."""
        verdict = self._verdicts[identifier]
        return "" if verdict.enabled or verdict.note is None else str(verdict.note)

    def fill(self, place: QMenu, identifiers: Iterable[str]) -> None:
        """Put actions into a menu; an empty name is a separator."""
        for identifier in identifiers:
            if identifier:
                place.addAction(self._actions[identifier])
            else:
                place.addSeparator()

    def tick(self, identifiers: Iterable[str]) -> None:
        """Tick the looks that hold, and no others."""
        held = set(identifiers)
        for spec in CATALOGUE:
            if spec.choice:
                self._actions[spec.id].setChecked(spec.id in held)

    def refresh(self, context: ActionContext) -> None:
        """Enable what makes sense; each tooltip says what the action does, or why it cannot be done."""
        for spec in CATALOGUE:
            verdict = judge(spec, context)
            self._verdicts[spec.id] = verdict
            action = self._actions[spec.id]
            action.setEnabled(verdict.enabled)
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            title = f"{spec.text} ({keys})" if keys else str(spec.text)
            note = "" if verdict.note is None else f"\n{verdict.note}"
            action.setToolTip(title + note)
            action.setStatusTip(title if verdict.note is None else str(verdict.note))

    @Slot()
    def _on_triggered(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.triggered.emit(str(sender.data()))
