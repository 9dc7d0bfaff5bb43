"""The filters that people keep by a name."""

from sqlalchemy import delete, insert, select, update

from warehouse_desk.common.text import fold
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.tables import saved_view


def views_of(uow: UnitOfWork, owner: str) -> list[tuple[str, str, str]]:
    """Return name, filters (as JSON) and sort of a user's views, by name."""
    columns = (saved_view.c.name, saved_view.c.filters, saved_view.c.sort)
    query = select(*columns).where(saved_view.c.owner == owner).order_by(saved_view.c.name_folded)
    return [(name, filters, sort) for name, filters, sort in uow.table(query)]


def has_view(uow: UnitOfWork, owner: str, name: str) -> bool:
    """Tell whether a user has a view of that name, in whatever case or accents."""
    return bool(uow.table(select(saved_view.c.id).where(*_named(owner, name))))


def add_view(uow: UnitOfWork, owner: str, name: str, filters: str, sort: str) -> None:
    """Keep a view whose name is free."""
    uow.execute(insert(saved_view).values(owner=owner, name=name, name_folded=fold(name), filters=filters, sort=sort))


def change_view(uow: UnitOfWork, owner: str, name: str, values: dict[str, str]) -> int:
    """Change a view's name, filters or sort; return how many there were."""
    if "name" in values:
        values = {**values, "name_folded": fold(values["name"])}
    return uow.execute(update(saved_view).where(*_named(owner, name)).values(**values)).rowcount


def remove_view(uow: UnitOfWork, owner: str, name: str) -> int:
    """Forget a view; return how many there were."""
    return uow.execute(delete(saved_view).where(*_named(owner, name))).rowcount


def _named(owner: str, name: str) -> tuple:  # type: ignore[type-arg]
    return saved_view.c.owner == owner, saved_view.c.name_folded == fold(name)
