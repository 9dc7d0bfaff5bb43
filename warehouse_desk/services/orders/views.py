"""Saved views: a filter and a sort under a name, each user's own, the same at every station."""

from dataclasses import dataclass

from warehouse_desk.common.messages import msg
from warehouse_desk.common.text import fold, is_storable
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.orders import saved_views as stored
from warehouse_desk.domain.errors import NotFound, RuleViolation, WrongUsage
from warehouse_desk.domain.orders.finding import NEWEST_FIRST, OrderFilter, Sort
from warehouse_desk.services.orders.listing import allowed
from warehouse_desk.services.subject import Subject

LONGEST_NAME = 60
"""Characters of a view's name; what a menu shows in one line."""
MOST_VIEWS = 100
"""Views of one user; more no menu can show."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """What somebody looks at often."""

    name: str
    order_filter: OrderFilter
    sort: Sort = NEWEST_FIRST


class Views(Subject):
    """The views of one user."""

    def all(self) -> tuple[SavedView, ...]:
        """Return the caller's views by name; one that this program cannot read is left out, not lost."""
        self.context.caller.require_view()
        with self.context.database.read() as uow:
            found = stored.views_of(uow, self.context.caller.user_name)
        views = []
        for name, stored_filter, sort in found:
            try:
                views.append(SavedView(name, OrderFilter.from_json(stored_filter), Sort.read(sort)))
            except (ValueError, TypeError):
                continue
        return tuple(views)

    def save(
        self, name: str, order_filter: OrderFilter, sort: Sort = NEWEST_FIRST, *, overwrite: bool = False
    ) -> SavedView:
        """Keep a filter under a name that is free, or change the one of that name.

        Raises:
            WrongUsage: the name is empty, too long or holds what no database keeps.
            RuleViolation: the name is taken (and ``overwrite`` was not given), or there are 100 views already.
        """
        view = SavedView(_clean(name), allowed(self.context, order_filter), sort)
        owner = self.context.caller.user_name

        def work(uow: UnitOfWork) -> None:
            if not stored.has_view(uow, owner, view.name):
                if len(stored.views_of(uow, owner)) >= MOST_VIEWS:
                    raise RuleViolation(
                        msg("There are already {limit} saved lists. Delete one first.", limit=MOST_VIEWS)
                    )
                stored.add_view(uow, owner, view.name, view.order_filter.to_json(), str(sort))
            elif overwrite:
                stored.change_view(uow, owner, view.name, {"filters": view.order_filter.to_json(), "sort": str(sort)})
            else:
                raise _taken(view.name)

        self.context.database.transact(work)
        return view

    def rename(self, name: str, new_name: str) -> None:
        """Give a view another name.

        Raises:
            NotFound: there is no such view.
            RuleViolation: the new name is another view's.
            WrongUsage: the new name is empty or too long.
        """
        self.context.caller.require_view()
        clean, owner = _clean(new_name), self.context.caller.user_name

        def work(uow: UnitOfWork) -> None:
            if not _same(name, clean) and stored.has_view(uow, owner, clean):
                raise _taken(clean)
            if not stored.change_view(uow, owner, name, {"name": clean}):
                raise _unknown(name)

        self.context.database.transact(work)

    def delete(self, name: str) -> None:
        """Forget a view.

        Raises:
            NotFound: there is no such view.
        """
        self.context.caller.require_view()

        def work(uow: UnitOfWork) -> None:
            if not stored.remove_view(uow, self.context.caller.user_name, name):
                raise _unknown(name)

        self.context.database.transact(work)


def _same(name: str, other: str) -> bool:
    return fold(name) == fold(other)


def _clean(name: str) -> str:
    clean = " ".join(name.split())
    if not clean or len(clean) > LONGEST_NAME or not is_storable(clean):
        raise WrongUsage(msg("The saved list needs a name. Characters: 1 to {limit}.", limit=LONGEST_NAME))
    return clean


def _taken(name: str) -> RuleViolation:
    return RuleViolation(msg("The saved list “{name}” already exists. Choose another name.", name=name))


def _unknown(name: str) -> NotFound:
    return NotFound(msg("There is no saved list “{name}”. Look among the saved lists.", name=name[:LONGEST_NAME]))
