"""The columns that belong to a saved view at this station, and the view looked at last."""

import json

from PySide6.QtCore import QSettings

from warehouse_desk.common.text import fold
from warehouse_desk.ui.orders.columns import OrderColumn

_COLUMNS = "views/columns"
_LAST = "views/last"


class ViewColumns:
    """Kept at the station: how many columns fit is a matter of its screen."""

    def __init__(self, settings: QSettings, owner: str) -> None:
        self._settings = settings
        self._owner = owner

    def _all(self) -> dict[str, list[str]]:
        try:
            stored = json.loads(str(self._settings.value(_COLUMNS, "{}")))
        except ValueError:
            return {}
        return stored if isinstance(stored, dict) else {}

    def _key(self, name: str) -> str:
        return f"{self._owner}/{fold(name)}"

    def of(self, name: str) -> tuple[OrderColumn, ...]:
        """Return the columns of a view; none where it was kept at another station."""
        known = {column.name: column for column in OrderColumn}
        stored = self._all().get(self._key(name), [])
        return tuple(known[each] for each in stored if each in known)

    def keep(self, name: str, columns: tuple[OrderColumn, ...]) -> None:
        """Remember the columns of a view; no columns forget them."""
        kept = self._all()
        kept.pop(self._key(name), None)
        if columns:
            kept[self._key(name)] = [column.name for column in columns]
        self._settings.setValue(_COLUMNS, json.dumps(kept))

    def rename(self, name: str, new_name: str) -> None:
        """Let a view's columns follow its name."""
        columns = self.of(name)
        self.keep(name, ())
        self.keep(new_name, columns)

    @property
    def last(self) -> str | None:
        """The view that was looked at when the window was closed."""
        return str(self._settings.value(f"{_LAST}/{self._owner or '-'}", "")) or None

    @last.setter
    def last(self, name: str | None) -> None:
        self._settings.setValue(f"{_LAST}/{self._owner or '-'}", name or "")
