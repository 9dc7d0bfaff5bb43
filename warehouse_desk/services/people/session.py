"""Who sits at the station: whether they may still work there, and who takes their place."""

from dataclasses import replace

from warehouse_desk.common.messages import msg
from warehouse_desk.data.people import users
from warehouse_desk.domain.errors import NotFound, SignInRequired
from warehouse_desk.domain.people.caller import Caller
from warehouse_desk.services.people.management import no_longer_active
from warehouse_desk.services.people.sign_in import sign_in_by_badge
from warehouse_desk.services.subject import Subject
from warehouse_desk.wedge.grammar import station_number


class Session(Subject):
    """The worker at the station; a change gives another caller, and with it another desk."""

    def renewed(self) -> Caller:
        """Return the caller with the abilities that the role has now.

        Raises:
            SignInRequired: the user was disabled, or nobody signed in and the database has users by now.
        """
        caller = self.context.caller
        with self.context.database.read() as uow:
            if caller.user_id is None:
                if users.has_users(uow):
                    raise SignInRequired(
                        msg("From now on everybody signs in here: with name and password, or a badge.")
                    )
                return caller
            user = users.user_by_id(uow, caller.user_id)
        if user is None or not user.active:
            raise SignInRequired(no_longer_active(caller.user_name))
        return replace(caller, user_name=user.name, abilities=user.abilities)

    def by_badge(self, code: str) -> Caller:
        """Return the worker whose badge was scanned at this station.

        Raises:
            SignInRequired: the badge is unknown or revoked, or its user is no longer active.
        """
        caller = self.context.caller
        return sign_in_by_badge(self.context.database, caller.station_name, code, caller.source)

    def at_station(self, word: str) -> Caller:
        """Return the worker at the station whose sign was scanned.

        Raises:
            NotFound: no station has that sign.
        """
        number = station_number(word)
        with self.context.database.read() as uow:
            names = dict(users.stations(uow))
        if number not in names:
            raise NotFound(
                msg("This is not the barcode of a station of this database. Print the station barcodes again.")
            )
        return replace(self.context.caller, station_id=number, station_name=names[number])

    def leave(self) -> None:
        """Note that the user was at the station until now."""
        number = self.context.caller.user_id
        if number is not None:
            self.context.database.transact(lambda uow: users.note_seen(uow, number, self.context.now()))
