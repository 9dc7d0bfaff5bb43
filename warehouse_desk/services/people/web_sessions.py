"""The sessions of browsers, as a supervisor sees and ends them."""

import logging

from warehouse_desk.common.messages import msg
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.data.engine.types import is_row_number
from warehouse_desk.data.people import http_sessions
from warehouse_desk.domain.errors import NotFound
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.access import SessionInfo
from warehouse_desk.services.people.management import require_manager, user_named
from warehouse_desk.services.subject import Subject

_log = logging.getLogger(__name__)


class WebSessions(Subject):
    """Who is signed in through the web."""

    def web_sessions(self) -> list[SessionInfo]:
        """Return the sessions that are open, the last used first."""
        self.context.caller.require(Ability.MANAGE_USERS)
        with self.context.database.read() as uow:
            return http_sessions.open_sessions(uow, self.context.now())

    def end_web_session(self, number: int) -> None:
        """End a session at once.

        Raises:
            NotFound: there is none of that number.
        """
        self.context.caller.require(Ability.MANAGE_USERS)

        def work(uow: UnitOfWork) -> None:
            require_manager(uow, self.context)
            if not is_row_number(number) or not http_sessions.end_by_id(uow, number, self.context.now()):
                raise NotFound(msg("There is no open session {number}.", number=number))

        self.context.database.transact(work)
        _log.info("session %d was ended", number)

    def end_web_sessions_of(self, user_name: str) -> int:
        """End every session of a user at once; return how many there were.

        Raises:
            NotFound: no such user.
        """
        self.context.caller.require(Ability.MANAGE_USERS)

        def work(uow: UnitOfWork) -> int:
            require_manager(uow, self.context)
            return http_sessions.end_all(uow, user_named(uow, user_name).id, self.context.now())

        ended = self.context.database.transact(work)
        _log.info("%d sessions of %s were ended", ended, user_name)
        return ended
