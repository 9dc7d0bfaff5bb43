"""Saved views: lists under a name, chosen in the navigation, kept and changed from the list's own menu."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu

from warehouse_desk.common.messages import tr
from warehouse_desk.domain.errors import DeskError
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.icons import icon
from warehouse_desk.ui.messages import Level
from warehouse_desk.ui.shell.list_controller import ListController, query_of
from warehouse_desk.ui.shell.panes import Panes
from warehouse_desk.ui.shell.view_columns import ViewColumns
from warehouse_desk.ui.shell.view_dialogs import DeleteDialog, NameDialog, NameQuestion
from warehouse_desk.ui.station import Station
from warehouse_desk.ui.tasks import Lane
from warehouse_desk.ui.workplace import Workplace

if TYPE_CHECKING:
    from warehouse_desk.services.desk import Desk
    from warehouse_desk.services.orders.views import SavedView


class ViewController(Controller):
    """Reads the worker's views and writes them in the background."""

    changed = Signal()
    """Other views are known, or another one is looked at, or it is no longer quite what was kept."""

    def __init__(self, workplace: Workplace, panes: Panes, lists: ListController) -> None:
        super().__init__(workplace)
        self._panes = panes
        self._lists = lists
        self._columns = ViewColumns(self._settings, "")
        self._views: dict[str, SavedView] = {}
        self._opens_last = False
        self.dialog: NameDialog | DeleteDialog | None = None
        panes.navigation.view_chosen.connect(self.show)
        panes.navigation.view_menu_requested.connect(self._on_menu)
        panes.orders.list_shown.connect(self._on_list)
        panes.orders.view.heading.changed.connect(self._on_list)
        panes.orders.views_button.clicked.connect(self._on_button)
        self._station.opened.connect(self._on_opened)

    @Slot(object)
    def _on_opened(self, station: Station) -> None:
        """Show the views of the worker, and the one looked at last."""
        self._columns = ViewColumns(self._settings, station.caller.user_name)
        self._panes.navigation.show_view(None)
        self._opens_last = True
        self.read()

    @property
    def current(self) -> str | None:
        """The view looked at."""
        return self._panes.navigation.view_shown

    @property
    def names(self) -> list[str]:
        """The names of the worker's views."""
        return list(self._views)

    def is_changed(self) -> bool:
        """Tell whether the list is no longer quite the view that it began with."""
        view = self._views.get(self.current or "")
        if view is None:
            return False
        query, columns = self._lists.query, self._columns.of(view.name)
        other_columns = bool(columns) and columns != self._panes.orders.view.heading.shown()
        return query.order_filter != view.order_filter or query.sort != view.sort or other_columns

    @Slot()
    def read(self) -> None:
        """Read the views in the background."""
        self._at_desk(lambda desk: desk.orders.views.all(), done=self._on_read, failed=self._on_unread, key="views")

    def _on_read(self, views: "tuple[SavedView, ...]") -> None:
        self._views = {view.name: view for view in views}
        self._panes.navigation.show_views(list(self._views))
        last = self._columns.last
        if self._opens_last and last in self._views:
            self.show(last)
        self._opens_last = False
        self._on_list()

    @staticmethod
    def _on_unread(error: Exception) -> None:
        """Leave the views as they are; the list itself says why nothing can be read."""
        if not isinstance(error, DeskError):
            raise error

    @Slot(str)
    def show(self, name: str) -> None:
        """Show the list of a view as it was kept."""
        view = self._views.get(name)
        if view is None:
            return
        self._panes.navigation.show_view(name)
        columns = self._columns.of(name)
        if columns:
            self._panes.orders.view.heading.show_columns(columns)
        self._lists.show(query_of(view.order_filter, view.sort, view.name))

    @Slot()
    def _on_list(self) -> None:
        name = self.current
        if name is not None:
            self._panes.navigation.show_view(name, changed=self.is_changed())
        if not self._opens_last:
            self._columns.last = name
        self.changed.emit()

    @Slot()
    def save_as(self) -> None:
        """Keep the list as it is under a name."""
        question = NameQuestion(
            tr("Save this list"),
            self._panes.orders.bar.text() or tr("All orders"),
            tr("Save"),
            self.current or "",
            self.names,
        )
        self._ask_name(question, self._save)

    @Slot()
    def overwrite(self) -> None:
        """Keep the list as it is under the name of the view looked at."""
        if self.current is not None:
            self._save(self.current, overwrite=True)

    @Slot()
    def rename(self) -> None:
        """Give the view looked at another name."""
        if self.current is not None:
            self._rename(self.current)

    @Slot()
    def delete(self) -> None:
        """Forget the view looked at."""
        if self.current is not None:
            self._delete(self.current)

    def _save(self, name: str, *, overwrite: bool) -> None:
        query, shown = self._lists.query, self._panes.orders.view.heading.shown()

        def on_saved(view: "SavedView") -> None:
            kept = next((each for each in self._views if each.casefold() == view.name.casefold()), view.name)
            self._columns.keep(kept, shown)
            self._views = {**self._views, kept: replace(view, name=kept)}
            self._panes.navigation.show_views(sorted(self._views, key=str.casefold))
            self._panes.navigation.show_view(kept)
            self._done(tr("The list is saved as “{name}”.", name=kept))

        self._write(
            lambda desk: desk.orders.views.save(name, query.order_filter, query.sort, overwrite=overwrite), on_saved
        )

    def _rename(self, name: str) -> None:
        question = NameQuestion(tr("Rename “{name}”", name=name), tr("Its list stays the same."), tr("Rename"), name)

        def on_entered(new_name: str, *, overwrite: bool) -> None:  # noqa: ARG001 - nothing is written over
            self._write(
                lambda desk: desk.orders.views.rename(name, new_name), lambda _: on_renamed(" ".join(new_name.split()))
            )

        def on_renamed(new_name: str) -> None:
            self._columns.rename(name, new_name)
            was_shown = self.current == name
            if name in self._views:
                self._views = {**self._views, new_name: replace(self._views.pop(name), name=new_name)}
            self._panes.navigation.show_views(sorted(self._views, key=str.casefold))
            if was_shown:
                self._panes.navigation.show_view(new_name)
            self._done(tr("The saved list is now called “{name}”.", name=new_name))

        self._ask_name(question, on_entered)

    def _delete(self, name: str) -> None:

        def on_deleted(_nothing: None) -> None:
            self._columns.keep(name, ())
            self._done(tr("The saved list “{name}” is deleted.", name=name))

        def on_confirmed() -> None:
            self._write(lambda desk: desk.orders.views.delete(name), on_deleted)

        dialog = DeleteDialog(name, self._window)
        dialog.confirmed.connect(on_confirmed)
        self._open(dialog)

    def _ask_name(self, question: NameQuestion, do: Callable[..., None]) -> None:
        dialog = NameDialog(question, self._window)
        dialog.entered.connect(lambda name, overwrite: do(name, overwrite=overwrite))
        self._open(dialog)

    def _open(self, dialog: NameDialog | DeleteDialog) -> None:
        self.dialog = dialog
        dialog.finished.connect(self._on_closed)
        dialog.open()

    @Slot(int)
    def _on_closed(self, _how: int) -> None:
        self.dialog = None

    def _write(self, work: "Callable[[Desk], object]", done: Callable[..., None]) -> None:
        self._at_desk(work, done=done, failed=self._on_failed, lane=Lane.WRITE)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(self.dialog, NameDialog) and isinstance(error, DeskError):
            self.dialog.refuse(str(error))
        else:
            self._messages.show_failure(error)
        self.read()

    def _done(self, sentence: str) -> None:
        if isinstance(self.dialog, NameDialog):
            self.dialog.accept()
        self._messages.tell(sentence, Level.DONE)
        self._on_list()
        self.read()

    @Slot()
    def _on_button(self) -> None:
        button = self._panes.orders.views_button
        self.menu().popup(button.mapToGlobal(button.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Return the menu of the list's own button: the views, and what can be done with this list."""
        menu = self._new_menu()
        for name in self._views:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name == self.current)
            action.triggered.connect(lambda _checked, name=name: self.show(name))
        menu.addSeparator()
        self._panes.registry.fill(menu, ("views.save", "views.overwrite", "views.rename", "views.delete"))
        return menu

    @Slot(str, QPoint)
    def _on_menu(self, name: str, place: QPoint) -> None:
        menu = self._new_menu()
        menu.addAction(tr("Show as saved"), lambda: self.show(name))
        menu.addAction(tr("Save the current list under this name"), lambda: self._save(name, overwrite=True))
        menu.addAction(tr("Rename…"), lambda: self._rename(name))
        menu.addAction(icon("delete"), tr("Delete…"), lambda: self._delete(name))
        menu.popup(place)

    def _new_menu(self) -> QMenu:
        menu = QMenu(self._window)
        menu.setToolTipsVisible(True)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu
