"""A bucket fills evenly, holds a burst, and forgets who has rested."""

from tests.builders import Clock
from warehouse_desk.server.access.rate_limit import Rate, RateLimit


class Seconds:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def bucket(rate: Rate, seconds: Seconds) -> RateLimit:
    return RateLimit(rate, clock=seconds, moment=lambda: Clock()().timestamp())


def test_a_burst_and_then_as_many_as_come_back() -> None:
    seconds = Seconds()
    limit = bucket(Rate(300, 60), seconds)
    assert sum(limit.ask("a").is_granted for _ in range(100)) == 60
    seconds.now += 1
    assert sum(limit.ask("a").is_granted for _ in range(100)) == 5
    seconds.now += 60
    assert sum(limit.ask("a").is_granted for _ in range(100)) == 60


def test_in_the_long_run_no_more_than_the_rate() -> None:
    seconds = Seconds()
    limit = bucket(Rate(300, 60), seconds)
    granted = 0
    for _ in range(10 * 60 * 10):
        granted += limit.ask("a").is_granted
        seconds.now += 0.1
    assert 3_000 <= granted <= 3_000 + 60


def test_each_has_a_bucket_of_its_own_and_zero_is_no_limit() -> None:
    seconds = Seconds()
    limit = bucket(Rate(60, 1), seconds)
    assert [limit.ask(whose).is_granted for whose in ("a", "a", "b")] == [True, False, True]
    free = bucket(Rate(0), seconds)
    assert all(free.ask("a").is_granted for _ in range(1_000))


def test_what_is_told_is_what_helps() -> None:
    seconds = Seconds()
    limit = bucket(Rate(6, 1), seconds)
    limit.ask("a")
    told = dict(limit.ask("a").headers)
    assert told["Retry-After"] == "10"
    assert int(told["X-RateLimit-Reset"]) == int(Clock()().timestamp()) + 10
    seconds.now += 10
    assert limit.ask("a").is_granted


def test_a_flood_of_addresses_takes_no_room_for_ever() -> None:
    seconds = Seconds()
    limit = bucket(Rate(300, 60), seconds)
    for number in range(50_000):
        limit.ask(f"address:{number}")
    assert len(limit._buckets) <= 10_000
