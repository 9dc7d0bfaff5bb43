"""Abilities in words, in the groups in which people think of them."""

from collections.abc import Mapping
from types import MappingProxyType

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.people.abilities import Ability

ABILITY_GROUPS: tuple[tuple[Message, tuple[Ability, ...]], ...] = (
    (
        msg("Orders"),
        (
            Ability.VIEW,
            Ability.REST_VIEW,
            Ability.REST_CREATE,
            Ability.UPDATE,
            Ability.REST_UPDATE,
            Ability.DELETE,
            Ability.REST_DELETE,
            Ability.IMPORT,
            Ability.EXPORT,
        ),
    ),
    (
        msg("Steps"),
        (
            Ability.PACK,
            Ability.LABELS,
            Ability.PUSH,
            Ability.ASSIGN,
            Ability.SHIP,
            Ability.DELIVER,
            Ability.RETURN,
            Ability.CANCEL,
            Ability.OUT_OF_STOCK,
            Ability.RENEW,
            Ability.HOLD,
        ),
    ),
    (
        msg("Supervision"),
        (
            Ability.RELEASE_HOLD,
            Ability.ROLLBACK,
            Ability.OVERRIDE_VERIFICATION,
            Ability.NEGATIVE_STOCK,
            Ability.MANAGE_STOCK,
            Ability.VIEW_REPORTS,
        ),
    ),
    (msg("Administration"), (Ability.MANAGE_CATALOGUE, Ability.SYNC, Ability.MANAGE_USERS, Ability.MANAGE_SETTINGS)),
)
"""Every ability once, in the order of the roles' editor."""

_NAMES: Mapping[Ability, Message] = MappingProxyType(
    {
        Ability.VIEW: msg("See orders"),
        Ability.REST_VIEW: msg("See orders through the API"),
        Ability.REST_CREATE: msg("Create orders"),
        Ability.UPDATE: msg("Edit orders"),
        Ability.REST_UPDATE: msg("Change statuses through the API"),
        Ability.DELETE: msg("Delete orders"),
        Ability.REST_DELETE: msg("Delete orders through the API"),
        Ability.IMPORT: msg("Import orders from files"),
        Ability.EXPORT: msg("Export orders to files"),
        Ability.PACK: msg("Pack"),
        Ability.LABELS: msg("Generate labels"),
        Ability.PUSH: msg("Push to a shipping company"),
        Ability.ASSIGN: msg("Assign to a delivery person"),
        Ability.SHIP: msg("Ship"),
        Ability.DELIVER: msg("Mark delivered"),
        Ability.RETURN: msg("Receive returns"),
        Ability.CANCEL: msg("Cancel"),
        Ability.OUT_OF_STOCK: msg("Mark out of stock"),
        Ability.RENEW: msg("Renew canceled and returned orders"),
        Ability.HOLD: msg("Put on hold"),
        Ability.RELEASE_HOLD: msg("Release a hold"),
        Ability.ROLLBACK: msg("Roll back and resume"),
        Ability.OVERRIDE_VERIFICATION: msg("Allow refused scans"),
        Ability.NEGATIVE_STOCK: msg("Ship although the stock is too low"),
        Ability.MANAGE_STOCK: msg("Receive, correct and restock goods"),
        Ability.VIEW_REPORTS: msg("See the dashboard and reports"),
        Ability.SYNC: msg("Synchronise with the server"),
        Ability.MANAGE_USERS: msg("Manage users, roles and badges"),
        Ability.MANAGE_CATALOGUE: msg("Change products, cities, companies and delivery persons"),
        Ability.MANAGE_SETTINGS: msg("Change settings and warehouses"),
    }
)


def ability_name(ability: Ability) -> Message:
    """Return what an ability allows, in words."""
    return _NAMES[ability]


_ROLE_NAMES: Mapping[str, Message] = MappingProxyType(
    {
        "Packer": msg("Packer"),
        "Dispatcher": msg("Dispatcher"),
        "Returns": msg("Returns"),
        "Supervisor": msg("Supervisor"),
        "Admin": msg("Admin"),
    }
)


def role_name(name: str) -> str:
    """Return how a role is shown: those of a new database in the user's language, others as they were named."""
    known = _ROLE_NAMES.get(name)
    return name if known is None else str(known)
