"""Choose the entry of a list that a person names, by id or by code."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from warehouse_desk.common.messages import Message, msg
from warehouse_desk.domain.errors import NotFound

NO_WAREHOUSE = msg("There is no warehouse “{text}”. Known: {known}.")
NO_COMPANY = msg("There is no shipping company “{text}”. Known: {known}.")
NO_PERSON = msg("There is no delivery person “{text}”. Known: {known}.")


class _Coded(Protocol):
    @property
    def id(self) -> int: ...

    @property
    def code(self) -> str: ...


Named = TypeVar("Named", bound=_Coded)


def by_id_or_code(listed: Iterable[Named], text: str, missing: Message) -> Named:
    """Choose the entry that a text names, by id or by code in any case.

    Raises:
        NotFound: none; the sentence is ``missing`` with the text and the known codes.
    """
    entries: Sequence[Named] = list(listed)
    wanted = text.strip().lower()
    for entry in entries:
        if entry.code.lower() == wanted:
            return entry
    for entry in entries:
        if str(entry.id) == wanted:
            return entry
    raise NotFound(missing.with_params(text=text, known=[entry.code for entry in entries]))
