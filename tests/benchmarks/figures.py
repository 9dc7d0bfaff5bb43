"""Figures: what was measured, its floor, and their ratio."""

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

Figure = dict[str, Any]


def figure(name: str, value: float, floor: float, unit: str, n: int) -> Figure:
    """Return one figure as the report and the JSON file hold it."""
    ratio = round(value / floor, 3) if floor else None
    return {"name": name, "figure": round(value, 4), "floor": round(floor, 4), "ratio": ratio, "unit": unit, "n": n}


def median_ms(seconds: Sequence[float]) -> float:
    return statistics.median(seconds) * 1000


def percentile_ms(seconds: Sequence[float], share: float) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))] * 1000


def timed(work: Callable[[], object]) -> float:
    """Return how long one piece of work takes, in seconds.

    Where the system tells it, the time for which other programs kept this thread off a processor does not count.
    """
    waited = _waited()
    started = time.perf_counter()
    work()
    taken = time.perf_counter() - started
    return taken - (_waited() - waited)


def _waited() -> float:
    """Return for how long this thread has been ready to run and another had the processor, in seconds."""
    file = _schedule()
    return 0.0 if file is None else int(os.pread(file, 64, 0).split()[1]) / 1e9


@cache
def _schedule() -> int | None:
    """Open Linux's account of the thread that measures: time run, time waited for a processor, both in ns."""
    try:
        return os.open("/proc/thread-self/schedstat", os.O_RDONLY)
    except OSError:
        return None


def in_turns(rounds: Iterable[Sequence[Callable[[], object]]]) -> list[tuple[float, ...]]:
    """Time rounds of several works; return the seconds of each, round by round.

    Whatever else the machine does hits all of them, and each round begins with another one: what a work finds in the
    caches of processor and disk is left by each of the others equally often.
    """
    times = []
    gc.collect()
    gc.disable()
    try:
        for number, works in enumerate(rounds):
            taken = [0.0] * len(works)
            for place in range(number, number + len(works)):
                taken[place % len(works)] = timed(works[place % len(works)])
            times.append(tuple(taken))
    finally:
        gc.enable()
    return times


def alternately(pairs: Iterable[tuple[Callable[[], object], Callable[[], object]]]) -> tuple[list[float], list[float]]:
    """Time pairs of work and floor in turns."""
    times = in_turns(pairs)
    return [work for work, _ in times], [floor for _, floor in times]


def peak_mb() -> float:
    """Return this process's largest resident memory so far, in MB.

    Linux counts the parent's memory into getrusage's figure of a new process; the program's own mark is in /proc.
    """
    status = Path("/proc/self/status")
    if status.exists():
        mark = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(mark.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def peak_of(module: str, function: str, *arguments: str) -> float:
    """Return the largest resident memory of a fresh process that runs one function, in MB."""
    code = (
        f"import sys; from {module} import {function} as work; from tests.benchmarks.figures import peak_mb\n"
        "work(*sys.argv[1:]); print(peak_mb())"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return float(done.stdout.splitlines()[-1])
