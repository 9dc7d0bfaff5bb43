"""The settings that all stations of a database share: each is added here, and nowhere else.

Its field is the whole of it. The rules read it from the record; the command line, the window of settings and
``docs/settings.md`` are written from :func:`table`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.common.setting import (
    ChoiceSetting,
    NumberSetting,
    Setting,
    SwitchSetting,
    TextSetting,
    setting,
    settings_of,
)
from warehouse_desk.domain.goods.stock import ReturnPolicy
from warehouse_desk.domain.paper.sender import SenderDetails

_ORDERS = msg("ORDERS")
_SENDER = msg("SENDER ON LABELS")
CORRECT_WHAT_IS_MARKED = msg("Nothing was changed: correct what is marked.")
_MINUTES = msg("minutes")
_NEVER = msg("never")
_RETURNS: Mapping[str, Message] = {
    ReturnPolicy.INSPECT: msg("wait in inspection until somebody decides"),
    ReturnPolicy.RESTOCK: msg("are restocked at once"),
    ReturnPolicy.NONE: msg("are not counted"),
}
_REST = msg("After this time without a key, a scan or the mouse, a station asks who works there.")

_FOR_PROGRAMS = msg(
    "The warehouse (its code) that goods leave when a program or a file asks for a "
    "shipment without one; empty: our only warehouse."
)

_FOR_PAGES = msg(
    "Their origins such as https://shop.example, blanks between; * for any. A page still needs a token. Empty: none."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedSettings:
    """What the supervisors of a warehouse chose for all its stations."""

    push_requires_packed: bool = setting(
        SwitchSetting(True, label=msg("An order is packed before it is pushed to a shipping company"), section=_ORDERS)
    )
    verify_before_pack: bool = setting(
        SwitchSetting(
            False,
            label=msg("Every piece is scanned before an order is packed"),
            section=_ORDERS,
            help=msg("Unless the worker's role allows an exception."),
        )
    )
    import_fees_paid_by_customer: bool = setting(
        SwitchSetting(
            False,
            label=msg("Customers of imported orders pay the delivery fees"),
            section=_ORDERS,
            help=msg("The files do not say who does."),
        )
    )
    return_stock: ReturnPolicy = setting(
        ChoiceSetting(ReturnPolicy.INSPECT, _RETURNS, label=msg("Returned &goods"), section=_ORDERS)
    )
    undo_minutes: int = setting(
        NumberSetting(5, 60, unit=_MINUTES, at_zero=_NEVER, label=msg("A step can be &undone for"), section=_ORDERS)
    )
    lock_minutes: int = setting(  # at most a shift
        NumberSetting(0, 480, _MINUTES, _NEVER, label=msg("Stations &lock after"), section=msg("SIGN-IN"), help=_REST)
    )
    keep_label_files_days: int = setting(  # a parcel comes back within weeks; then nobody takes its label out again
        NumberSetting(90, 3_650, msg("days"), msg("always"), label=msg("&Keep label files"), section=msg("LABELS"))
    )
    sender_name: str = setting(TextSetting("", 100, label=msg("Sender's name"), section=_SENDER))
    sender_phone: str = setting(TextSetting("", 100, label=msg("Sender's phone"), section=_SENDER))
    sender_city: str = setting(TextSetting("", 100, label=msg("Sender's city"), section=_SENDER))
    rest_warehouse: str = setting(TextSetting("", 100, label=msg("Warehouse for programs"), help=_FOR_PROGRAMS))
    cors_origins: str = setting(
        TextSetting("", 1_000, label=msg("Web pages that may use the API"), help=_FOR_PAGES, restart=True)
    )
    virtual_warehouses: Mapping[int, int] = field(default_factory=dict)
    """No setting, but bends the rules too and is read with them: shipping company id to the warehouse that stands for
    the stock it keeps for us."""

    @property
    def sender(self) -> SenderDetails:
        """Who sends the parcels; empty until somebody wrote it down."""
        return SenderDetails(self.sender_name, self.sender_phone, self.sender_city)


def table() -> dict[str, Setting]:
    """Return every shared setting by its key, in the order in which people read them."""
    return settings_of(SharedSettings)


def from_stored(stored: Mapping[str, object], virtual_warehouses: Mapping[int, int]) -> SharedSettings:
    """Return the settings of which some are stored; a stored value that makes no sense counts as the default."""
    known = {key: each.from_stored(stored[key]) for key, each in table().items() if key in stored}
    return SharedSettings(**known, virtual_warehouses=virtual_warehouses)  # type: ignore[arg-type]  # as the table says
