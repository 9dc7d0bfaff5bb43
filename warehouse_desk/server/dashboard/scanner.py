"""One order by the code on its parcel, as the scanner at a station takes it."""

import hashlib

from warehouse_desk.domain.orders.transitions import Need
from warehouse_desk.domain.results import Outcome
from warehouse_desk.domain.scanning.modes import SCAN_MODES, ModeName
from warehouse_desk.domain.scanning.scans import CODE_LENGTH
from warehouse_desk.server.bulk import result_body
from warehouse_desk.server.dashboard.steps import read_options
from warehouse_desk.server.errors import refused
from warehouse_desk.server.exchange import Answer, Ask, Handler
from warehouse_desk.server.reading import body_of, reading

_STATUS = {Outcome.DONE: 200, Outcome.ALREADY: 200, Outcome.UNKNOWN: 404}


def scan(mode: ModeName) -> Handler:
    """Return the handler of a mode of the scanner that does a step."""
    needs = frozenset({Need.DATE, *SCAN_MODES[mode].needs})

    def handler(ask: Ask) -> Answer:
        with reading(body_of(ask)) as read:
            code = read.text("reference", CODE_LENGTH)
            options = read_options(read, needs, ask.desk.context.today())
        result = ask.desk.scanning.scan(mode, code, options, _scan_id(ask))
        body = result_body(ask, result)
        status = _STATUS.get(result.outcome, 422)
        if status == 200:  # noqa: PLR2004 - all is well
            return Answer(body)
        refusal = refused(status, result.message, ask.knock.language, errors={"reference": result.message})
        return Answer({**body, **refusal.known_body}, status)

    return handler


def _scan_id(ask: Ask) -> str | None:
    """Return the id of a reading whose request may be repeated: 32 hexadecimal digits, as scanners give them."""
    key = ask.request_id_of_key
    return None if key is None else hashlib.sha256(f"{ask.known.id}\n{key}".encode()).hexdigest()[:32]
