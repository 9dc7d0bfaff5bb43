"""Language, colours and size, chosen in the window and remembered for the station."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal

from warehouse_desk.common.languages import LANGUAGES
from warehouse_desk.common.messages import msg, tr
from warehouse_desk.ui.actions.registry import ActionRegistry
from warehouse_desk.ui.controller import Controller
from warehouse_desk.ui.workplace import Workplace

_SCHEMES = ("system", "light", "dark")


class LooksController(Controller):
    """Ticks what holds; asks the application to keep what is chosen."""

    chosen = Signal(str, object)
    """The name of a setting of the station, and its new value."""

    def __init__(self, workplace: Workplace, registry: ActionRegistry) -> None:
        super().__init__(workplace)
        self._registry = registry
        self._held: dict[str, str | bool] = {}

    def show_held(self, language: str, theme: str, *, large: bool) -> None:
        """Tick what holds."""
        self._held = {"language": language, "theme": theme, "large_mode": large}
        self._tick()

    def note(self, changes: Mapping[str, str | bool]) -> None:
        """Tick what was chosen elsewhere."""
        self._held |= changes
        self._tick()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Return what each action about looks does."""
        return {
            **{f"look.{scheme}": partial(self._choose, "theme", scheme) for scheme in _SCHEMES},
            **{f"look.{each}": partial(self._choose, "language", each) for each in LANGUAGES},
            "look.large": lambda: self._choose("large_mode", not self._held.get("large_mode", False)),
        }

    def _choose(self, name: str, value: str | bool) -> None:
        is_new = self._held.get(name) != value
        self._held[name] = value
        self._tick()
        if not is_new:
            return
        if name == "language":
            # In the language chosen: whoever cannot read the present one is told as well.
            said = msg("The program will be in {language} after its next start.", language=LANGUAGES[str(value)].name)
            self._messages.tell(said.in_language(str(value)))
        elif name == "large_mode":
            large = tr("Letters and buttons are larger after the next start.")
            self._messages.tell(large if value else tr("Letters and buttons are smaller after the next start."))
        self.chosen.emit(name, value)

    def _tick(self) -> None:
        ticked = {f"look.{self._held.get('theme', 'system')}", f"look.{self._held.get('language', 'en')}"}
        if self._held.get("large_mode"):
            ticked.add("look.large")
        self._registry.tick(ticked)
