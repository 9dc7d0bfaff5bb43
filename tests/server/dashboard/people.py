"""People with a session: how their requests are known, and what they send."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.builders import Shop
from tests.server.fitting import promised
from tests.server.running import Client, Reply
from warehouse_desk.domain.people.abilities import Ability
from warehouse_desk.domain.people.caller import Source
from warehouse_desk.server.exchange import Answer, Knock, Principal, PrincipalOf, Who
from warehouse_desk.services.desk import Desk

BOUNDARY = "a-boundary-of-the-tests"
ORDERS_FILE = """full_name,phone,second_phone,city,address,skus,quantities,prices,total,notes
Amina Bennani,0612345678,,Casablanca,3 rue des Fleurs,ARGAN-50,1,120,120,
Omar Alaoui,0612345679,0522334455,Rabat,4 rue des Fleurs,ARGAN-50|SAVON-N,2|1,100|50,250,Fragile
"""


FORM = f"multipart/form-data; boundary={BOUNDARY}"


def form(content: bytes | str, *, name: str = "orders.csv", field: str = "file", **fields: str) -> bytes:
    """Return a form with a file, as ``FORM`` names its kind."""
    raw = content.encode() if isinstance(content, str) else content
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
    parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + raw + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


@dataclass(frozen=True)
class Person(Client):
    """Somebody before the server."""

    def ask(self, verb: str, path: str, body: object = None, *, content: bytes | None = None, **headers: str) -> Reply:
        """Ask, and hold the answer to what its endpoint promises."""
        reply = super().ask(verb, path, body, content=content, **headers)
        assert promised(verb, path, reply) == [], (verb, path, reply.status)
        return reply

    def post(self, path: str, body: object = None, **headers: str) -> Reply:
        return self.ask("POST", path, {} if body is None else body, content=None, **headers)

    def send_file(
        self,
        path: str,
        content: bytes | str,
        *,
        name: str = "orders.csv",
        field: str = "file",
        key: str | None = None,
        **fields: str,
    ) -> Reply:
        """Send a form with a file; ``key`` is an idempotency key."""
        whole = form(content, name=name, field=field, **fields)
        keys = {} if key is None else {"Idempotency_Key": key}
        return self.ask("POST", path, None, content=whole, Content_Type=FORM, **keys)

    def ended(self, job: Mapping[str, Any]) -> dict[str, Any]:
        """Ask about a job until it is over."""
        for _ in range(200):
            told: dict[str, Any] = self.get(f"/jobs/{job['id']}").body["job"]
            if told["state"] not in {"queued", "running"}:
                return told
            time.sleep(0.05)
        raise AssertionError("the job never ended")


def principal_of_people(shop: Shop, may: frozenset[Ability]) -> PrincipalOf:
    """Return a judge who knows people by a header, each a user of the database."""
    shop.desk_of_user("Salma", "Admin")
    desks = {name: shop.desk_of_user(name, "Admin") for name in ("Salma", "Karim")}

    def principal_of(knock: Knock) -> Principal | Answer:
        desk = desks.get(knock.header("x-user") or "")
        if desk is None or knock.who is not Who.SESSION:
            return Answer({"message": "Unauthenticated.", "errors": {}}, 401)
        caller = replace(desk.caller, abilities=may, source=Source.WEB)
        own = Desk(replace(desk.context, caller=caller))
        return Principal(Who.SESSION, caller.user_name, f"user:{caller.user_id}", own)

    return principal_of
