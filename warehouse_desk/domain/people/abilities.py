"""Abilities and the roles that hold them (docs/rules.md#abilities); the API's names first, ours after them."""

from collections.abc import Mapping
from enum import StrEnum


class Ability(StrEnum):
    """One thing that a role may or may not do."""

    REST_CREATE = "CREATE ORDERS"
    REST_VIEW = "VIEW ORDERS"
    REST_UPDATE = "UPDATE ORDERS"
    REST_DELETE = "DELETE ORDERS"
    VIEW = "view"
    UPDATE = "update"
    DELETE = "delete"
    PACK = "markAsPackedByScanner"
    SHIP = "markAsShippedByScanner"
    DELIVER = "markAsDeliveredByScanner"
    RETURN = "markAsReturnedByScanner"
    CANCEL = "markAsCanceledByScanner"
    RENEW = "ReNewOrder"
    PUSH = "assignOrderToShippingCompany"
    ASSIGN = "assignOrderToDeliveryBoys"
    IMPORT = "import"
    EXPORT = "export"
    ROLLBACK = "rollback"
    OUT_OF_STOCK = "markOutOfStock"
    HOLD = "hold"
    RELEASE_HOLD = "releaseHold"
    LABELS = "generateLabels"
    MANAGE_STOCK = "manageStock"
    NEGATIVE_STOCK = "allowNegativeStock"
    OVERRIDE_VERIFICATION = "overrideVerification"
    VIEW_REPORTS = "viewReports"
    SYNC = "sync"
    MANAGE_USERS = "manageUsers"
    MANAGE_SETTINGS = "manageSettings"
    MANAGE_CATALOGUE = "manageCatalogue"


ALL_ABILITIES = frozenset(Ability)

_PACKER = frozenset({Ability.VIEW, Ability.PACK, Ability.SHIP, Ability.LABELS, Ability.HOLD, Ability.OUT_OF_STOCK})
_DISPATCHER = _PACKER | {Ability.PUSH, Ability.ASSIGN, Ability.DELIVER, Ability.EXPORT}
_RETURNS = frozenset({Ability.VIEW, Ability.RETURN, Ability.MANAGE_STOCK, Ability.HOLD})
_SUPERVISOR = (
    _DISPATCHER
    | _RETURNS
    | {
        Ability.REST_CREATE,
        Ability.REST_VIEW,
        Ability.REST_UPDATE,
        Ability.UPDATE,
        Ability.DELETE,
        Ability.CANCEL,
        Ability.RENEW,
        Ability.ROLLBACK,
        Ability.RELEASE_HOLD,
        Ability.NEGATIVE_STOCK,
        Ability.OVERRIDE_VERIFICATION,
        Ability.IMPORT,
        Ability.VIEW_REPORTS,
        Ability.SYNC,
        Ability.MANAGE_CATALOGUE,
    }
)

ROLES: Mapping[str, frozenset[Ability]] = {
    "Packer": _PACKER,
    "Dispatcher": _DISPATCHER,
    "Returns": _RETURNS,
    "Supervisor": _SUPERVISOR,
    "Admin": ALL_ABILITIES,
}
"""The roles a new database starts with; they can be edited there."""
