"""Who works at the station, as every part of the window hears of it."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Orders, open_desk
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.services.desk import Desk
from warehouse_desk.ui.station import CurrentStation, Station, read_station
from warehouse_desk.ui.workplace import Workplace


def heard(station: CurrentStation) -> list[str]:
    """What is told, in the order in which it is told."""
    told: list[str] = []
    station.opened.connect(lambda each: told.append(f"opened {each.caller.user_name}"))
    station.renewed.connect(lambda each: told.append(f"renewed {each.caller.user_name}"))
    station.left.connect(told.append)
    station.changed.connect(lambda: told.append("changed"))
    return told


def with_other_lists(station: Station) -> Station:
    return replace(station, cities=station.cities[:-1])


def test_every_part_hears_who_comes_and_who_goes(workplace: Workplace, desk: Desk) -> None:
    station, told = workplace.station, heard(workplace.station)
    assert station.current is None
    assert not station.may(Ability.VIEW_REPORTS)
    station.open(read_station(desk))
    assert station.desk is desk
    assert station.may(Ability.VIEW_REPORTS)
    station.leave("Signed out.")
    station.leave("Signed out again.")
    assert station.current is None
    assert told == ["opened Samira", "changed", "Signed out.", "changed"]


def test_a_renewal_that_comes_too_late_signs_nobody_in(workplace: Workplace, desk: Desk, sqlite_url: str) -> None:
    station = workplace.station
    known = read_station(desk)
    station.open(known)
    told = heard(station)
    station.renew(desk, known)
    assert told == []  # nothing is new
    station.renew(desk, with_other_lists(known))
    assert told == ["renewed Samira", "changed"]
    karim = open_desk(sqlite_url, "Karim")
    station.open(read_station(karim))
    station.renew(desk, known)
    assert station.desk is karim
    karim.close()
    station.leave("Signed out.")
    station.renew(desk, known)
    assert station.current is None


def test_nothing_is_done_at_a_desk_while_nobody_works_there(workplace: Workplace, orders: Orders, qtbot: QtBot) -> None:
    done: list[int] = []

    def count() -> bool:
        return workplace.at_desk(
            lambda desk: sum(desk.orders.counts().values()), owner=workplace.window, done=done.append
        )

    assert not count()
    orders.create(2)
    workplace.station.open(read_station(orders.desk))
    assert count()
    qtbot.waitUntil(lambda: done == [2])
    workplace.station.leave("")
    assert not count()
