"""Everything about users, roles, badges and PINs that a worker can ask for, as window and command line call it."""

import io
from collections.abc import Iterable, Sequence

from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.users import BadgeInfo, RoleInfo, UserInfo
from warehouse_desk.services.context import Context
from warehouse_desk.services.people import badges, roles, users


class PeopleDesk:
    """One method for each thing; each is safe in any thread."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def users(self) -> list[UserInfo]:
        """See :func:`users.user_infos`."""
        return users.user_infos(self.context)

    def add(self, name: str, password: str, role: str) -> None:
        """See :func:`users.add_user`."""
        users.add_user(self.context, name, password, role)

    def change_role(self, name: str, role: str) -> None:
        """See :func:`users.change_role`."""
        users.change_role(self.context, name, role)

    def set_active(self, name: str, *, active: bool) -> bool:
        """See :func:`users.set_active`."""
        return users.set_active(self.context, name, active=active)

    def set_password(self, name: str, password: str) -> None:
        """See :func:`users.set_password`."""
        users.set_password(self.context, name, password)

    def roles(self) -> list[RoleInfo]:
        """See :func:`roles.role_infos`."""
        return roles.role_infos(self.context)

    def role(self, name: str) -> RoleInfo:
        """See :func:`roles.role_info`."""
        return roles.role_info(self.context, name)

    def set_role(self, name: str, abilities: Iterable[Ability]) -> None:
        """See :func:`roles.set_role`."""
        roles.set_role(self.context, name, abilities)

    def delete_role(self, name: str) -> None:
        """See :func:`roles.delete_role`."""
        roles.delete_role(self.context, name)

    def badges(self) -> list[BadgeInfo]:
        """See :func:`badges.badge_list`."""
        return badges.badge_list(self.context)

    def issue_badge(self, user: str, *, replace: bool = False) -> str:
        """See :func:`badges.issue_badges`; return the text of the barcode, shown once and stored nowhere."""
        return badges.issue_badges(self.context, [user], replace=replace)[0]

    def badge_sheet(self, users_named: Sequence[str], *, replace: bool = False) -> bytes:
        """Return the PDF of new badges; see :func:`card_sheets.badge_sheet`."""
        from warehouse_desk.services.people import card_sheets

        to = io.BytesIO()
        card_sheets.badge_sheet(self.context, users_named, to, replace=replace)
        return to.getvalue()

    def revoke_badge(self, badge_id: int) -> None:
        """See :func:`badges.revoke_badge`."""
        badges.revoke_badge(self.context, badge_id)

    def revoke_badges_of(self, user: str) -> int:
        """See :func:`badges.revoke_badges_of`."""
        return badges.revoke_badges_of(self.context, user)

    def set_pin(self, user: str, pin: str) -> None:
        """See :func:`badges.set_pin`."""
        badges.set_pin(self.context, user, pin)

    def clear_pin(self, user: str) -> None:
        """See :func:`badges.clear_pin`."""
        badges.clear_pin(self.context, user)
