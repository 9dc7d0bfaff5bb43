"""Puts things that the warehouse knows into the requests that schemathesis makes up as good ones.

A schema cannot say which SKUs and orders there are. Requests that are meant to be bad stay as they were made up.
Loaded by schemathesis; the test says in the environment what there is.
"""

import csv
import io
import json
import os
from collections.abc import Callable, MutableMapping
from datetime import date
from itertools import count
from typing import Any

import schemathesis

from warehouse_desk.sheets.headings import ORDER_HEADINGS

KNOWN: dict[str, Any] = json.loads(os.environ["KNOWN_THINGS"])
_numbers = count()


def _one_of(name: str) -> Callable[[], Any]:
    return lambda: KNOWN[name][next(_numbers) % len(KNOWN[name])]


_FIELDS: dict[str, Callable[[], Any]] = {
    "sku": _one_of("skus"),
    "reference": _one_of("references"),
    "order": _one_of("references"),
    "item": _one_of("references"),
    "city_to_id": _one_of("cities"),
    "warehouseId": _one_of("warehouses"),
    "shippent_company_id": _one_of("companies"),
    "delivery_boy_id": _one_of("people"),
    "id": _one_of("products"),
    "date": date.today().isoformat,  # noqa: DTZ011 - the day of the station that serves
}


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Fill a good request with things that there are."""
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if case.headers and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = f"key-{next(_numbers)}"  # one used twice is refused, and has its own tests
    if case.path_parameters and case.meta.phase.name.value != "stateful":
        _fill(case.path_parameters)
    if not isinstance(case.body, MutableMapping):
        return
    if case.media_type == "multipart/form-data":
        form = dict(case.body)
        _fill(form)
        kwargs["files"] = {"file": ("a-file.csv", _a_file(case.operation.path), "text/csv")}
        kwargs["data"] = {name: _text(value) for name, value in form.items() if name != "file"}
        return
    _fill(case.body)
    if isinstance(case.body.get("ids"), list):
        case.body["ids"] = [_one_of("ids")() for _ in case.body["ids"]]
    if case.operation.definition.raw.get("operationId") == "updateOrders" and next(_numbers) % 2:
        case.body["orders"] = [{"reference": each["reference"], "status": "PACKED"} for each in case.body["orders"]]


def _text(value: Any) -> str:
    return "" if value is None else str(int(value)) if isinstance(value, bool) else str(value)


def _fill(given: MutableMapping[str, Any]) -> None:
    for name, value in given.items():
        if name in _FIELDS and value not in (None, ""):
            given[name] = _FIELDS[name]()
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, MutableMapping):
                    _fill(each)


def _a_file(path: str) -> bytes:
    stream = io.StringIO(newline="")
    number = next(_numbers)
    if path.endswith("/import"):
        sku = KNOWN["skus"][0]
        row = [f"Client {number}", f"06{number:08d}", "", "Casablanca", f"{number} rue", sku, "2", "199.50", "399", ""]
        csv.writer(stream).writerows([ORDER_HEADINGS, row])
    else:
        csv.writer(stream).writerows([["reference"], [_one_of("references")()]])
    return stream.getvalue().encode()
