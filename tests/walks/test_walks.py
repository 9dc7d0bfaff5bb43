"""The books stay true in random histories, on both databases; see ``--histories`` for more of them."""

from contextlib import contextmanager

import pytest

from tests.walks.conftest import OpenWorld
from tests.walks.history import deeds_of, happen, shortest, told


def walk(open_world: OpenWorld, seed: int, deeds: int) -> None:
    with contextmanager(open_world)() as world:
        fault = happen(world, deeds_of(seed, deeds))
    if fault is not None:
        pytest.fail(told(shortest(open_world, fault), seed), pytrace=False)


def test_the_books_stay_true_on_sqlite(sqlite_world: OpenWorld, sqlite_seed: int, deeds: int) -> None:
    walk(sqlite_world, sqlite_seed, deeds)


def test_the_books_stay_true_on_postgresql(postgres_world: OpenWorld, postgres_seed: int, deeds: int) -> None:
    walk(postgres_world, postgres_seed, deeds)
