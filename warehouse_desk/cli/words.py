"""Put answers into words: tables for people, JSON for programs, sentences on standard error."""

import json
import re
import sys
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from io import TextIOWrapper
from typing import Any

from warehouse_desk.common.messages import Message, listed, tr
from warehouse_desk.domain.errors import InvalidInput
from warehouse_desk.domain.results import ActionResult, BulkResult, Outcome


def use_utf8() -> None:
    """Answer in UTF-8 whatever the system's code page; a character that cannot be shown never stops an answer."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def complain(sentence: object) -> None:
    """Write one sentence to standard error."""
    print(one_line(str(sentence)), file=sys.stderr, flush=True)


def say(sentence: object) -> None:
    """Write one line to standard output."""
    print(one_line(str(sentence)))


def shown_of(shown: int, total: int) -> str:
    """Return how many orders of a list were shown."""
    return tr("Orders: {shown} of {total}.", shown=shown, total=total)


def say_json(body: object) -> None:
    """Write a JSON document, readable by people too."""
    print(json.dumps(body, ensure_ascii=False, indent=2))


def say_json_line(body: object) -> None:
    """Write a JSON document as one line, at once: somebody at the other end of a pipe is waiting for it."""
    print(json.dumps(body, ensure_ascii=False), flush=True)


def say_list(rows: Sequence[dict[str, Any]]) -> None:
    """Write a whole list as JSON, in the API's form with everything on one page."""
    total = len(rows)
    say_json({"data": list(rows), "meta": {"current_page": 1, "per_page": total, "total": total, "next": None}})


def iso_text(moment: datetime | None) -> str | None:
    """Return a moment as JSON bodies have it, None where there is none."""
    return None if moment is None else moment.isoformat()


def say_table(headers: Sequence[str], rows: Sequence[Sequence[object]], right: Collection[int] = ()) -> None:
    """Write an aligned table; the columns in ``right`` hold numbers."""
    texts = [[_cell(value) for value in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(headers, *texts, strict=True)]
    for row in ([*headers], ["-" * width for width in widths], *texts):
        cells = [_padded(text, widths[i], at_right=i in right) for i, text in enumerate(row)]
        print("  ".join(cells).rstrip())


_CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]+")
"""Line ends would break a table, escape sequences of a customer's name would command the terminal."""


def one_line(text: str) -> str:
    """Return a text without line ends and control characters, as a terminal may show it."""
    return _CONTROL.sub(" ", text)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return tr("yes") if value else "-"
    return one_line("" if value is None else str(value)).strip() or "-"


def _padded(text: str, width: int, *, at_right: bool) -> str:
    blank = " " * (width - _width(text))
    return blank + text if at_right else text + blank


def _width(text: str) -> int:
    """Return the columns that a terminal gives to a text."""
    if text.isascii():
        return len(text)
    wide = sum(1 for c in text if unicodedata.east_asian_width(c) in "WF")
    unseen = sum(1 for c in text if unicodedata.combining(c) or unicodedata.category(c) == "Cf")
    return len(text) + wide - unseen


def result_body(result: ActionResult) -> dict[str, Any]:
    """Return the answer for one order."""
    return {
        "reference": result.reference,
        "outcome": result.outcome.value,
        "status_before": result.status_before.value if result.status_before else None,
        "status_after": result.status_after.value if result.status_after else None,
        "message": str(result.message),
    }


def say_results(answer: BulkResult, *, as_json: bool) -> None:
    """Write one answer for each order and how many ended in each way."""
    counts = {outcome.value: answer.count(outcome) for outcome in Outcome}
    if as_json:
        meta = {"total": len(answer.results), **counts}
        results = [result_body(each) for each in answer.results]
        say_json({"results": results, "meta": meta, **notices_body(answer.notices)})
        return
    for notice in answer.notices:
        complain(notice)
    for each in answer.results:
        say(f"{each.outcome.value:8} {each.message}")
    if len(answer.results) > 1:
        tell_counts(answer)


def notices_body(notices: Iterable[Message]) -> dict[str, Any]:
    """Return what a JSON answer says besides its results, where there is something."""
    said = [str(notice) for notice in notices]
    return {"notices": said} if said else {}


def tell_counts(answer: BulkResult) -> None:
    """Write how many orders ended in each way."""
    counts = {outcome.value: answer.count(outcome) for outcome in Outcome}
    told = listed(f"{name}: {count}" for name, count in counts.items() if count)
    say(tr("Orders: {count}; {told}.", count=len(answer.results), told=told))


def tell_progress(done: int, total: int, *, at_end: bool = True) -> None:
    """Rewrite one line on a terminal; elsewhere say only the end, where it is wanted."""
    text = tr("Orders: {done} of {total}", done=done, total=total)
    if sys.stderr.isatty():
        print(f"\r{text}", end="" if done < total else "\n", file=sys.stderr, flush=True)
    elif at_end and done >= total:
        complain(text)


def say_invalid(error: InvalidInput) -> None:
    """Write the faults of an input as the API answers them, each under its path."""
    say_json({"message": str(error), "errors": {path: [str(message)] for path, message in error.fields.items()}})
