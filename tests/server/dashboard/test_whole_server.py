"""A day of the Dashboard before the whole server: signed in, its jobs done by the server itself."""

import time
from pathlib import Path

from tests.builders import Shop
from tests.server.access.house import opened, staff
from warehouse_desk.domain.status import Status


def test_a_session_exports_and_fetches_what_the_server_wrote(shop: Shop, tmp_path: Path) -> None:
    reference = shop.order_in(Status.PACKED)
    with opened(staff(shop), tmp_path / "data") as house:
        nadia = house.signed_in("Nadia")
        asked = nadia.ask("POST", "/orders/export", {"file_extension": "csv", "columns": ["reference"]}, **nadia.word)
        assert asked.status == 202, asked.body
        number = asked.body["job"]["id"]
        for _ in range(100):
            job = nadia.ask("GET", f"/jobs/{number}").body["job"]
            if job["state"] not in {"queued", "running"}:
                break
            time.sleep(0.05)
        assert job["state"] == "done"
        file = nadia.ask("GET", f"/jobs/{number}/file")
        assert file.content.decode("utf-8-sig").split() == ["reference", reference]
        assert [each.name for each in (tmp_path / "data" / "server" / "files").iterdir()] == [f"{number}.csv"]
        step = {"ids": [shop.facts(reference).id], "date": "2026-03-02", "warehouseId": shop.warehouse}
        assert nadia.ask("POST", "/orders/mark-orders-as-shipped", step).status == 419
        assert nadia.ask("POST", "/orders/mark-orders-as-shipped", step, **nadia.word).status == 200
    assert shop.status(reference) is Status.SHIPPED
    assert (shop.events(reference)[-1]["user_name"], shop.events(reference)[-1]["source"]) == ("Nadia", "web")


def test_files_that_a_killed_server_was_sent_are_removed_at_the_next_start(shop: Shop, tmp_path: Path) -> None:
    left = tmp_path / "data" / "server" / "upload-abc"
    left.mkdir(parents=True)
    (left / "0.csv").write_text("full_name\n")
    with opened(staff(shop), tmp_path / "data"):
        assert left.exists() is shop.database.is_postgresql  # where another server may still be reading it
