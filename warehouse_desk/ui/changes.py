"""What changed, told to every view once."""

from PySide6.QtCore import QObject, Signal

from warehouse_desk.domain.results import ActionResult, ChangeSet, Outcome


class ChangeBus(QObject):
    """Carries a ``ChangeSet`` from whoever changed orders to whoever shows them."""

    orders_changed = Signal(object)

    def publish(self, changes: ChangeSet) -> None:
        """Tell every view."""
        self.orders_changed.emit(changes)


def changes_in(answer: object) -> ChangeSet | None:
    """Return what the answer of a service says that it changed."""
    if isinstance(answer, ActionResult):
        done = answer.outcome is Outcome.DONE and answer.order_id is not None
        return ChangeSet(frozenset({answer.order_id}), products=True) if done and answer.order_id else None
    changes = getattr(answer, "changes", None)
    return changes if isinstance(changes, ChangeSet) else None
