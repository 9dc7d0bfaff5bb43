"""Every action of the window, as data: the toolbar, menus, shortcuts and their tests read this list."""

from dataclasses import dataclass
from enum import StrEnum

from warehouse_desk.common.languages import LANGUAGES
from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.orders.tracking import TRACKING_ABILITY
from warehouse_desk.domain.orders.transitions import STATUS_ACTIONS, Action, ability_of, action_name
from warehouse_desk.domain.people.abilities import Ability


class Wants(StrEnum):
    """How many orders an action wants selected."""

    NONE = "none"
    ONE = "one"
    SOME = "some"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One thing that a user can ask the window for."""

    id: str
    text: Message
    short: Message
    """The word under its icon in the toolbar."""
    icon: str
    shortcut: str = ""
    ability: Ability | None = None
    wants: Wants = Wants.NONE
    action: Action | None = None
    """The step on orders that it asks for, where it is one."""
    choice: bool = False
    """Whether it is one of several looks, ticked while it holds."""


_SHORT = {
    Action.PACK: msg("Pack"),
    Action.LABELS: msg("Labels"),
    Action.PUSH: msg("Push"),
    Action.ASSIGN: msg("Assign"),
    Action.SHIP: msg("Ship"),
    Action.DELIVER: msg("Deliver"),
    Action.RETURN: msg("Return"),
    Action.CANCEL: msg("Cancel", "button"),
    Action.OUT_OF_STOCK: msg("No stock"),
    Action.RENEW: msg("Renew"),
    Action.HOLD: msg("Hold"),
}

_SHORTCUTS = {
    Action.PACK: "Ctrl+Shift+P",
    Action.LABELS: "Ctrl+P",
    Action.PUSH: "Ctrl+Shift+Y",
    Action.ASSIGN: "Ctrl+Shift+A",
    Action.SHIP: "Ctrl+Shift+H",
    Action.DELIVER: "Ctrl+Shift+D",
    Action.RETURN: "Ctrl+Shift+R",
    Action.CANCEL: "Ctrl+Shift+X",
    Action.OUT_OF_STOCK: "Ctrl+Shift+O",
    Action.BACK_IN_STOCK: "Ctrl+Shift+B",
    Action.RENEW: "Ctrl+Shift+N",
    Action.ROLLBACK: "Ctrl+Shift+K",
    Action.RESUME: "Ctrl+Shift+M",
    Action.DELETE: "Ctrl+Del",
    Action.HOLD: "Ctrl+Shift+L",
    Action.RELEASE: "Ctrl+Shift+G",
    Action.STRIKE: "Ctrl+Shift+J",
}
"""Letters that every keyboard has in the same way, with two keys held: a scanner never types these."""


def _status_spec(action: Action) -> ActionSpec:
    return ActionSpec(
        id=f"order.{action.value}",
        text=action_name(action),
        short=_SHORT.get(action, action_name(action)),
        icon=action.value,
        shortcut=_SHORTCUTS[action],
        ability=ability_of(action),
        wants=Wants.SOME,
        action=action,
    )


CATALOGUE: tuple[ActionSpec, ...] = (
    *(_status_spec(action) for action in STATUS_ACTIONS),
    ActionSpec(
        id="order.create",
        text=msg("New order"),
        short=msg("New"),
        icon="create",
        shortcut="Ctrl+N",
        ability=Ability.REST_CREATE,
    ),
    ActionSpec(
        id="order.update",
        text=msg("Edit"),
        short=msg("Edit"),
        icon="update",
        shortcut="F2",
        ability=Ability.UPDATE,
        wants=Wants.ONE,
    ),
    ActionSpec(
        id="order.track",
        text=msg("Tracking number…"),
        short=msg("Tracking number"),
        icon="track",
        ability=TRACKING_ABILITY,
        wants=Wants.ONE,
    ),
    ActionSpec(
        id="order.undo",
        text=msg("Undo the last step"),
        short=msg("Undo"),
        icon="undo",
        shortcut="Ctrl+Z",
    ),
    ActionSpec(
        id="print.slips",
        text=msg("Packing slips"),
        short=msg("Packing slips"),
        icon="sheet",
        ability=Ability.VIEW,
        wants=Wants.SOME,
    ),
    ActionSpec(
        id="print.runs",
        text=msg("Earlier print jobs"),
        short=msg("Print jobs"),
        icon="labels",
        shortcut="Ctrl+Shift+T",
        ability=Ability.LABELS,
    ),
    ActionSpec(
        id="print.handover",
        text=msg("Pickup sheet"),
        short=msg("Hand over"),
        icon="push",
        shortcut="Ctrl+Shift+U",
        ability=Ability.SHIP,
    ),
    ActionSpec(
        id="orders.import",
        text=msg("Import orders from a file"),
        short=msg("Import"),
        icon="import",
        shortcut="Ctrl+O",
        ability=Ability.IMPORT,
    ),
    ActionSpec(
        id="orders.export",
        text=msg("Export the list or the selection"),
        short=msg("Export"),
        icon="export",
        shortcut="Ctrl+E",
        ability=Ability.EXPORT,
    ),
    ActionSpec(
        id="file.returned",
        text=msg("Mark returned by file"),
        short=msg("Returned"),
        icon="return",
        ability=Ability.RETURN,
    ),
    ActionSpec(
        id="file.delivered",
        text=msg("Mark delivered by file"),
        short=msg("Delivered"),
        icon="deliver",
        ability=Ability.DELIVER,
    ),
    ActionSpec(
        id="file.template", text=msg("Save the sheet to fill in and import"), short=msg("Template"), icon="sheet"
    ),
    ActionSpec(
        id="file.exports",
        text=msg("Exports of this station"),
        short=msg("Exports"),
        icon="clock",
        ability=Ability.EXPORT,
    ),
    ActionSpec(
        id="people.show",
        text=msg("Users, roles and badges"),
        short=msg("Users"),
        icon="users",
        ability=Ability.MANAGE_USERS,
    ),
    ActionSpec(
        id="preferences.show",
        text=msg("Station and settings"),
        short=msg("Settings"),
        icon="settings",
        ability=Ability.MANAGE_SETTINGS,
    ),
    ActionSpec(
        id="serving.show",
        text=msg("Serve this station"),
        short=msg("Serve"),
        icon="serve",
        ability=Ability.MANAGE_SETTINGS,
    ),
    ActionSpec(
        id="tokens.show",
        text=msg("API tokens"),
        short=msg("Tokens"),
        icon="token",
        ability=Ability.MANAGE_USERS,
    ),
    ActionSpec(
        id="session.leave",
        text=msg("Sign out"),
        short=msg("Sign out"),
        icon="sign-out",
        shortcut="Ctrl+Shift+E",
    ),
    ActionSpec(id="orders.copy", text=msg("Copy rows"), short=msg("Copy"), icon="copy", wants=Wants.SOME),
    ActionSpec(id="orders.refresh", text=msg("Refresh"), short=msg("Refresh"), icon="refresh", shortcut="F5"),
    ActionSpec(id="orders.search", text=msg("Search"), short=msg("Search"), icon="search", shortcut="Ctrl+F"),
    ActionSpec(id="orders.focus", text=msg("Go to the list"), short=msg("List"), icon="status-all", shortcut="F3"),
    ActionSpec(id="orders.all", text=msg("Select the whole list"), short=msg("All"), icon="status-all"),
    ActionSpec(
        id="orders.filter", text=msg("Filter the list"), short=msg("Filter"), icon="filter", shortcut="Ctrl+Shift+F"
    ),
    ActionSpec(
        id="orders.unfilter",
        text=msg("Clear all filters"),
        short=msg("Clear"),
        icon="close",
        shortcut="Ctrl+Shift+Backspace",
    ),
    ActionSpec(id="orders.columns", text=msg("Choose columns"), short=msg("Columns"), icon="columns"),
    ActionSpec(id="views.save", text=msg("Save this list"), short=msg("Save"), icon="bookmark", shortcut="Ctrl+S"),
    ActionSpec(
        id="views.overwrite",
        text=msg("Save the changes of the saved list"),
        short=msg("Save changes"),
        icon="check",
        shortcut="Ctrl+Shift+S",
    ),
    ActionSpec(id="views.rename", text=msg("Rename the saved list"), short=msg("Rename"), icon="update"),
    ActionSpec(id="views.delete", text=msg("Delete the saved list"), short=msg("Delete list"), icon="delete"),
    ActionSpec(
        id="program.palette",
        text=msg("Find an action, a list or an order"),
        short=msg("Find"),
        icon="palette",
        shortcut="Ctrl+K",
    ),
    ActionSpec(id="program.keys", text=msg("Keyboard"), short=msg("Keyboard"), icon="keyboard", shortcut="F1"),
    *(
        ActionSpec(id=f"look.{name}", text=text, short=text, icon=icon, choice=True)
        for name, text, icon in (
            ("system", msg("Colours of the system"), "colours"),
            ("light", msg("Light colours"), "colours"),
            ("dark", msg("Dark colours"), "colours"),
            ("large", msg("Large letters and buttons"), "letters"),
        )
    ),
    # Each language is named in itself: who cannot read the present one finds the way out.
    *(
        ActionSpec(id=f"look.{code}", text=Message(each.name), short=Message(each.name), icon="language", choice=True)
        for code, each in LANGUAGES.items()
    ),
    ActionSpec(id="program.quit", text=msg("Close the program"), short=msg("Close"), icon="close", shortcut="Ctrl+Q"),
    ActionSpec(id="view.details", text=msg("Order details"), short=msg("Details"), icon="details", shortcut="F9"),
    ActionSpec(id="scan.focus", text=msg("Scan"), short=msg("Scan"), icon="scan", shortcut="F4"),
    ActionSpec(id="scan.large", text=msg("Large scan screen"), short=msg("Large"), icon="expand", shortcut="F11"),
)

BY_ID = {spec.id: spec for spec in CATALOGUE}

TOOLBAR: tuple[str, ...] = (
    "order.create", "order.update", "order.undo", "",
    "order.pack", "order.labels", "order.push", "order.assign", "order.ship", "order.deliver", "order.return",
    "order.cancel",
)  # fmt: skip
"""What the toolbar shows, in its order; an empty name is a separator. Everything else is under “More”."""

MORE: tuple[str, ...] = (
    "order.out-of-stock", "order.back-in-stock", "order.renew", "order.track", "", "order.hold", "order.release", "",
    "order.rollback", "order.resume", "order.strike", "", "order.delete", "",
    "print.slips", "print.runs", "print.handover", "",
    "program.palette", "program.keys", "scan.large", "",
    "people.show", "preferences.show", "serving.show", "tokens.show", "session.leave", "program.quit",
)  # fmt: skip

FILES: tuple[str, ...] = (
    "orders.import", "file.returned", "file.delivered", "file.template", "", "orders.export", "file.exports",
)  # fmt: skip
LIST: tuple[str, ...] = (
    "orders.filter", "orders.unfilter", "orders.columns", "orders.all", "",
    "views.save", "views.overwrite", "views.rename", "views.delete",
)  # fmt: skip
LOOK: tuple[str, ...] = (
    *(f"look.{code}" for code in LANGUAGES), "", "look.system", "look.light", "look.dark", "", "look.large",
)  # fmt: skip
SUBMENUS: tuple[tuple[Message, str, tuple[str, ...]], ...] = (
    (msg("Files"), "sheet", FILES),
    (msg("Orders and saved lists"), "filter", LIST),
    (msg("Language, colours, size"), "language", LOOK),
)
"""Menus within “More”, before its last entries: title, icon, actions."""

CONTEXT: tuple[str, ...] = (
    "order.update",
    "orders.copy",
    "",
    *TOOLBAR[4:],
    "",
    *MORE[: MORE.index("print.runs")],
    "orders.export",
)
"""The menu of a row: the same actions."""
