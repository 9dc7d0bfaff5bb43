"""The settings that all stations share, as a worker reads and changes them."""

import logging
from collections.abc import Mapping

from warehouse_desk.common.messages import Message
from warehouse_desk.common.setting import Value, no_such_setting
from warehouse_desk.data import shared_settings as stored
from warehouse_desk.data.engine.database import UnitOfWork
from warehouse_desk.domain.errors import InvalidInput
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.shared_settings import CORRECT_WHAT_IS_MARKED, SharedSettings, table
from warehouse_desk.services.subject import Subject

_log = logging.getLogger(__name__)


class Settings(Subject):
    """What all stations share."""

    def read(self) -> SharedSettings:
        """Return the settings as the rules read them: the program itself asks, whoever works here."""
        with self.context.database.read() as uow:
            return stored.read(uow)

    def values(self) -> dict[str, Value]:
        """Return the value of every shared setting by its key.

        Raises:
            NotAllowed: the role may not read.
        """
        self.context.caller.require_view()
        settings = self.read()
        return {key: getattr(settings, key) for key in table()}

    def change(self, texts: Mapping[str, str]) -> None:
        """Change shared settings, all or none, to the values that the texts mean.

        Raises:
            InvalidInput: with a sentence for each setting that is unknown or cannot have its value, by its key.
            NotAllowed: the role lacks ``manageSettings``.
        """
        self.context.caller.require(Ability.MANAGE_SETTINGS)
        values = _values_of(texts)

        def work(uow: UnitOfWork) -> None:
            for key in sorted(values):  # always in one order: two stations never wait for each other's rows
                stored.write(uow, key, values[key])

        self.context.database.transact(work)
        for key in values:
            _log.info("setting %s changed", key)


def _values_of(texts: Mapping[str, str]) -> dict[str, Value]:
    known = table()
    values: dict[str, Value] = {}
    faults: dict[str, Message] = {}
    for key, text in texts.items():
        if key not in known:
            faults[key] = no_such_setting(key, known)
            continue
        values[key] = known[key].from_text(text)
        fault = known[key].fault(values[key])
        if fault is not None:
            faults[key] = fault
    if faults:
        raise InvalidInput(CORRECT_WHAT_IS_MARKED, faults)
    return values
