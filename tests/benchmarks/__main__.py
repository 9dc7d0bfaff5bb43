"""Run the benchmarks: ``python -m tests.benchmarks [NAME...] [--json FILE]``."""

import argparse
import importlib
import json
import pkgutil
import sys
from pathlib import Path

import tests.benchmarks
from tests.benchmarks.figures import Figure


def names() -> list[str]:
    """Return the modules beside this one that measure something."""
    helpers = {"__main__", "bare", "bare_server", "figures", "postgres_worlds", "worlds"}
    return sorted(m.name for m in pkgutil.iter_modules(tests.benchmarks.__path__) if m.name not in helpers)


def main(arguments: list[str]) -> int:
    """Measure what is named, or everything, and print figure, floor and ratio."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure speed and memory against a floor.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of: {', '.join(names())}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures to a file")
    options = parser.parse_args(arguments)
    unknown = set(options.names) - set(names())
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(names())}")
    figures: list[Figure] = []
    for name in options.names or names():
        found = importlib.import_module(f"tests.benchmarks.{name}").measure()
        for each in found:
            sys.stdout.write(_line(each))
            sys.stdout.flush()
        figures += found
    if options.json is not None:
        options.json.write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _line(each: Figure) -> str:
    ratio = "" if each["ratio"] is None else f"{each['ratio']:.2f} x"
    unit = each["unit"]
    return f"{each['name']:<58} {each['figure']:>12,.3f} {unit:<11} floor {each['floor']:>12,.3f} {unit:<11} {ratio}\n"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
