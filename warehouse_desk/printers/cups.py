"""Queues of CUPS: the PDF itself goes to the printer's filters, so that bars stay vectors at 100 %."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from warehouse_desk.common.messages import msg
from warehouse_desk.printers.errors import PrinterUnavailable, no_queue

_SECONDS = 20.0
_QUEUE = re.compile(r"[^\s/#'\"-][^\s/#'\"]{0,126}")
"""Names of queues as CUPS allows them; none begins like an option."""

_OWN_NAME = re.compile(r"^(?:\S*/)?lp: (?:Error - )?")
_FULL_SIZE = ("-o", "print-scaling=none", "-o", "fit-to-page=false", "-o", "number-up=1")
"""CUPS 2.x obeys the first, older filters the second."""

_NAMED = {(210.0, 297.0): "A4", (105.0, 148.0): "A6"}
"""Paper that every driver knows by name; the rest is told by its size in millimetres."""


def is_available() -> bool:
    """Tell whether this computer prints through CUPS."""
    return os.name == "posix" and shutil.which("lp") is not None and shutil.which("lpstat") is not None


def queues() -> list[str]:
    """Return the names of the queues, the default one first; empty where CUPS does not answer."""
    if not is_available():
        return []
    names = [line.split()[0] for line in _output_of("lpstat", "-e").splitlines() if line.strip()]
    default = _output_of("lpstat", "-d").rpartition(":")[2].strip()
    return sorted(names, key=lambda name: (name != default, name.lower()))


def _output_of(program: str, *words: str) -> str:
    try:
        answer = subprocess.run(  # noqa: S603 - our own words
            [_path(program), *words], capture_output=True, text=True, timeout=_SECONDS, check=False, env=_plain()
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return answer.stdout if answer.returncode == 0 else ""


def check_queue(queue: str) -> None:
    """Find out whether a queue would take a job now, without giving it one.

    Raises:
        PrinterUnavailable: CUPS is not here or does not answer, there is no such queue, or it takes no jobs.
    """
    _check_name(queue)
    if queue not in queues():
        # No queue at all may mean that the scheduler is not running; either way nothing can be printed.
        raise no_queue(queue)
    state = " ".join(_output_of("lpstat", "-a", queue).split())
    if "not accepting requests" in state:
        reason = state.rpartition(" - ")[2].rstrip(".") or "-"
        raise PrinterUnavailable(
            msg("The printer {queue} accepts no jobs now ({reason}). Choose another one.", queue=queue, reason=reason)
        )


def _check_name(queue: str) -> None:
    if not is_available():
        raise PrinterUnavailable(msg("This computer has no CUPS. Save the file, or choose another way to print."))
    if not _QUEUE.fullmatch(queue):
        raise no_queue(queue)


def print_pdf(queue: str, pdf: bytes, *, title: str, paper: tuple[float, float], copies: int = 1) -> str:
    """Give a PDF to a queue at full size and return the job's name.

    ``paper`` is width and height in millimetres. A queue that is not told lays the pages on its own default paper and
    cuts off what is larger.

    Raises:
        PrinterUnavailable: CUPS is not here or does not answer, there is no such queue, or it refused the job.
    """
    _check_name(queue)
    with tempfile.TemporaryDirectory(prefix="warehouse-desk-") as folder:
        file = Path(folder) / "labels.pdf"
        file.write_bytes(pdf)
        words = ["-d", queue, "-n", str(copies), "-t", title[:120], *_on(paper), *_FULL_SIZE, "--", str(file)]
        try:
            answer = subprocess.run(  # noqa: S603 - queue and title are words of their own, never options
                [_path("lp"), *words], capture_output=True, text=True, timeout=_SECONDS, check=False, env=_plain()
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrinterUnavailable(
                msg("The printing system does not answer. Try again, or save the file.")
            ) from error
    if answer.returncode != 0:
        reason = _OWN_NAME.sub("", " ".join(answer.stderr.split())).rstrip(".") or str(answer.returncode)
        raise PrinterUnavailable(
            msg("The printer {queue} did not accept the job ({reason}).", queue=queue, reason=reason)
        )
    found = re.search(r"request id is (\S+)", answer.stdout)
    return found[1] if found else queue


def _on(paper: tuple[float, float]) -> tuple[str, str]:
    width, height = paper
    return "-o", "media=" + _NAMED.get(paper, f"Custom.{width:g}x{height:g}mm")


def _path(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise FileNotFoundError(program)
    return found


def _plain() -> dict[str, str]:
    """Return the environment with answers in plain English, which are read here."""
    return {**os.environ, "LC_ALL": "C"}
