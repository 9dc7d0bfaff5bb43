"""Read the fields of a JSON body, with every fault named by its path such as ``orders.3.total``.

How a value is read stands in docs/api.md#readings: the same for every body, whatever it holds.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

from warehouse_desk.common.clock import local_day
from warehouse_desk.common.messages import Message, msg, nmsg
from warehouse_desk.common.text import is_storable, trimmed
from warehouse_desk.domain.errors import InvalidInput
from warehouse_desk.domain.money import CENTIMES, centimes
from warehouse_desk.domain.numbers import whole_number

MAX_AMOUNT = 999_999
MAX_ID = 2**53
"""The greatest id that every program can send as a JSON number."""
MAX_CHOICE = 64
"""Characters of a word that is one of a few."""
_NAMED = 20
"""Fields that nobody reads, named in one answer; a body may hold thousands."""
_NAME_SHOWN = 40
_VALUE_SHOWN = 40

_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d(?::\d\d)?)(?:\.\d+)?(?:([Zz])|([+-]\d\d):?(\d\d))?)?", re.ASCII)
_LONGEST_NUMBER = 10**15
"""Above it a number with a point is not exact in most programs."""
_FLAGS = {"true": True, "false": False}


def _digits_for_text(value: object) -> object:
    """Return the digits of a whole number, which programs send for a phone or a SKU; anything else as it is."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, float | Decimal):
        number = whole_number(value, -_LONGEST_NUMBER, _LONGEST_NUMBER)
        return value if number is None else str(number)
    return value


class FieldReader:
    """Reads the fields of one JSON object and collects what is wrong with them."""

    def __init__(self, body: Mapping[str, object], path: str, faults: dict[str, Message]) -> None:
        self.body = body
        self.path = path
        self.faults = faults

    def fault(self, name: str, message: Message) -> None:
        """Note a fault of a field; the first one found stays."""
        self.faults.setdefault(self.at(name), message)

    def at(self, name: str) -> str:
        """Return the full path of a field."""
        return f"{self.path}.{name}" if self.path else name

    def text(self, name: str, limit: int, *, required: bool = True) -> str:
        """Return a text of 1 to ``limit`` characters; an absent optional one is empty."""
        value = _digits_for_text(self.body.get(name))
        if value is None or (isinstance(value, str) and not trimmed(value)):
            if required:
                self.fault(name, msg("{path} is missing. Characters: 1 to {limit}.", path=self.at(name), limit=limit))
            return ""
        if not isinstance(value, str):
            self.fault(name, msg("{path} must be a text.", path=self.at(name)))
            return ""
        text = trimmed(value)
        if not is_storable(text):
            self.fault(name, msg("{path} has a character that cannot be stored. Retype it.", path=self.at(name)))
        if len(text) > limit:
            self.fault(
                name,
                msg(
                    "{path} is too long: {length} characters instead of {limit} at most. Shorten it.",
                    path=self.at(name),
                    length=len(text),
                    limit=limit,
                ),
            )
        return text

    def optional_text(self, name: str, limit: int) -> str | None:
        """Return an optional text, None where it is absent or blank."""
        return self.text(name, limit, required=False) or None

    def money(self, name: str, *, maximum: int = MAX_AMOUNT) -> int:
        """Return an amount from 1 to ``maximum`` MAD in centimes."""
        amount = centimes(self.body.get(name))
        if amount is None or not CENTIMES <= amount <= maximum * CENTIMES:
            self.fault(
                name,
                msg(
                    "{path} is {value}: enter an amount from 1 to {maximum} DH, with at most 2 decimals.",
                    path=self.at(name),
                    value=self.shown(name),
                    maximum=maximum,
                ),
            )
            return 0
        return amount

    def whole(self, name: str, maximum: int, *, minimum: int = 1) -> int:
        """Return a whole number from ``minimum`` to ``maximum``."""
        value = whole_number(self.body.get(name), minimum, maximum)
        if value is None:
            self.fault(
                name,
                msg(
                    "{path} is {value}: enter a whole number from {minimum} to {maximum}.",
                    path=self.at(name),
                    value=self.shown(name),
                    minimum=minimum,
                    maximum=maximum,
                ),
            )
            return 0
        return value

    def is_absent(self, name: str) -> bool:
        """Tell whether an optional field is absent, null or blank."""
        value = self.body.get(name)
        return value is None or (isinstance(value, str) and not trimmed(value))

    def optional_whole(self, name: str, maximum: int, *, minimum: int = 1) -> int | None:
        """Return an optional whole number, None where it is absent or blank."""
        return None if self.is_absent(name) else self.whole(name, maximum, minimum=minimum)

    def flag(self, name: str) -> bool:
        """Return a required true or false."""
        value = self.body.get(name)
        if isinstance(value, bool):
            return value
        number = whole_number(value, 0, 1)
        if number is None and isinstance(value, str):
            number = _FLAGS.get(trimmed(value).lower())
        if number is None:
            self.fault(name, msg("{path} must be true or false.", path=self.at(name)))
        return bool(number)

    def choice(
        self,
        name: str,
        known: Sequence[str],
    ) -> str | None:
        """Return one of a few words exactly as it is known, given in any case; None where it is a fault."""
        text = self.text(name, MAX_CHOICE)
        found = next((word for word in known if word.lower() == text.lower()), None)
        if found is None:
            self.fault(
                name,
                msg("{path} is “{text}”. It is one of: {known}.", path=self.at(name), text=text, known=list(known)),
            )
        return found

    def optional_choice(self, name: str, known: Sequence[str]) -> str | None:
        """Return an optional word of a few, None where it is absent or blank."""
        return None if self.is_absent(name) else self.choice(name, known)

    def texts(self, name: str, limit: int, length: int) -> list[str]:
        """Return the 1 to ``limit`` texts of a list, each of 1 to ``length`` characters."""
        items = self.items(name, limit)
        inner = FieldReader({str(index): item for index, item in enumerate(items)}, self.at(name), self.faults)
        return [inner.text(str(index), length) for index in range(len(items))]

    def optional_flag(self, name: str) -> bool | None:
        """Return an optional true or false, None where it is absent or blank."""
        return None if self.is_absent(name) else self.flag(name)

    def ids(self, name: str, limit: int) -> list[int]:
        """Return the 1 to ``limit`` ids of a list: whole numbers, or their digits."""
        ids: list[int] = []
        for index, item in enumerate(self.items(name, limit)):
            number = whole_number(item, 1, MAX_ID)
            if number is None:
                path = f"{self.at(name)}.{index}"
                self.fault(f"{name}.{index}", msg("{path} is not an id: enter a whole number.", path=path))
            else:
                ids.append(number)
        return ids

    def day(self, name: str, *, required: bool = False) -> date | None:
        """Return a day: ``2026-01-31``, or the day of a moment; one with a zone, in the station's own.

        None where an optional one is absent, or where it is a fault.
        """
        value = self.body.get(name)
        if self.is_absent(name):
            if required:
                self.fault(name, msg("{path} is missing: enter a date such as 2026-01-31.", path=self.at(name)))
            return None
        day = _day(trimmed(value)) if isinstance(value, str) else None
        if day is None:
            self.fault(
                name,
                msg("{path} is {value}: enter a date such as 2026-01-31.", path=self.at(name), value=self.shown(name)),
            )
        return day

    def items(self, name: str, limit: int) -> list[object]:
        """Return the 1 to ``limit`` entries of a list, whatever they are; none where it is a fault."""
        value = self.body.get(name)
        if not isinstance(value, list) or not value:
            self.fault(name, _no_list(value).with_params(path=self.at(name), limit=limit))
            return []
        if len(value) > limit:
            self.fault(
                name,
                msg(
                    "{path} is too long: {count} entries instead of {limit} at most. Split it.",
                    path=self.at(name),
                    count=len(value),
                    limit=limit,
                ),
            )
            return []
        return value

    def objects(self, name: str, limit: int) -> list[tuple[str, Mapping[str, object]]]:
        """Return the 1 to ``limit`` objects of a list, each with its path."""
        found: list[tuple[str, Mapping[str, object]]] = []
        for index, item in enumerate(self.items(name, limit)):
            if isinstance(item, Mapping):
                found.append((f"{self.at(name)}.{index}", item))
            else:
                self.fault(f"{name}.{index}", msg("{path} must be an object.", path=f"{self.at(name)}.{index}"))
        return found

    def shown(self, name: str) -> object:
        """Return a field's value for a sentence, shortened."""
        value = self.body.get(name)
        if value is None:
            return msg("missing")
        return (str(value) if isinstance(value, Decimal) else repr(value))[:_VALUE_SHOWN]


def _no_list(value: object) -> Message:
    if value is None:
        return msg("{path} is missing: enter a list of 1 to {limit}.")
    if value == []:
        return msg("{path} is empty: enter a list of 1 to {limit}.")
    return msg("{path} must be a list of 1 to {limit}.")


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    day, time, utc, hours, minutes = match.groups()
    zone = "+00:00" if utc else f"{hours}:{minutes}" if hours else ""
    try:
        moment = datetime.fromisoformat(f"{day}T{time or '00:00'}{zone}")
        return local_day(moment) if zone else moment.date()
    except (ValueError, OverflowError):
        return None


def unread_fields(bodies: Iterable[tuple[str, Mapping[str, object]]], known: Container[str]) -> tuple[Message, ...]:
    """Name the fields that nobody reads, once each, with where they stand; at most twenty."""
    found: dict[str, list[str]] = {}
    for path, body in bodies:
        for name in body:
            if name not in known:
                found.setdefault(name, []).append(path)
    return tuple(
        nmsg(
            "“{name}” is not a field of this request and was ignored ({n} time, first in {path}).",
            "“{name}” is not a field of this request and was ignored ({n} times, first in {path}).",
            len(paths),
            name=name[:_NAME_SHOWN],
            path=paths[0] or "-",
        )
        for name, paths in islice(found.items(), _NAMED)
    )


def raise_faults(faults: Mapping[str, Message]) -> None:
    """Raise where faults were found, saying the first and how many there are.

    Raises:
        InvalidInput: there is at least one.
    """
    if not faults:
        return
    first = next(iter(faults.values()))
    if len(faults) == 1:
        raise InvalidInput(msg("Nothing was changed: {first}", first=first), faults)
    raise InvalidInput(
        msg("Nothing was changed. Fields with errors: {count}. The first: {first}", count=len(faults), first=first),
        faults,
    )
