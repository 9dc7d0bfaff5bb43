"""Every example of docs/api.md, run as it stands: by a shell and curl, over TLS, one after another."""

import csv
import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.server.furnished import PASSWORD, data_folder, furnish
from tests.server.shell.certificates import make_certificate
from tests.server.shell.programs import ROOT, serving
from tests.support.programs import find_program
from warehouse_desk.sheets.headings import ORDER_HEADINGS

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
HOST, TOKEN, PASSWORD_WORD = "https://your-domain.com", "{token}", "{password}"
_EXAMPLE = re.compile(
    r"```bash\n(?P<command>.*?)\n```\n"
    r"(?:\nAnswer \((?P<status>\d+)\)[^\n]*\n(?:[^\n`]+\n)*\n```json\n(?P<answer>.*?)\n```)?",
    re.DOTALL,
)
_CHANGES = frozenset({"created_at", "updated_at", "at", "request_id", "message", "url"})
"""Fields whose values an example cannot foretell."""


@dataclass(frozen=True)
class Example:
    """A command of the page, and what the page says is answered."""

    command: str
    status: int
    answer: Any


def examples() -> list[Example]:
    found = [
        Example(each["command"], int(each["status"] or 200), json.loads(each["answer"]) if each["answer"] else None)
        for each in _EXAMPLE.finditer(PAGE)
    ]
    assert len(found) == PAGE.count("```bash")
    return found


def documents_own() -> list[str]:
    """The two commands that the API's document shows, letter by letter."""
    return [
        """curl -X POST "https://your-domain.com/api/web/1.0/orders" \\
-H "Authorization: Bearer {token}" \\
-H "Content-Type: application/json" \\
-d '{
"orders": [
{
"full_name": "Youssef El Idrissi",
"phone": "+212600000001",
"city": "Casablanca",
"address": "Rue 45, Maarif, Casablanca",
"is_fees_paid_by_customer": true,
"total": 399,
"products": [
{ "sku": "PROD-001", "quantity": 1, "price": 399 }
]
},
{
"full_name": "Amina Tazi",
"phone": "+212600000002",
"city": "Fes",
"address": "Avenue Hassan II, Fes",
"is_fees_paid_by_customer": false,
"total": 598,
"products": [
{ "sku": "PROD-002", "quantity": 2, "price": 299 }
]
}
]
}'""",
        """curl -X GET "https://your-domain.com/api/web/1.0/orders?per_page=25" \\
-H "Authorization: Bearer {token}" \\
-H "Accept: application/json\"""",
    ]


def test_the_documents_own_examples_come_first() -> None:
    assert [each.command for each in examples()[:2]] == documents_own()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the examples are run; the file that they import lies there."""
    folder = tmp_path / "examples"
    folder.mkdir()
    rows = [
        [f"Client {n}", f"066110000{n}", "", "Casablanca", f"{n} rue", "PROD-001", "1", "399", "399", ""]
        for n in (1, 2)
    ]
    with (folder / "orders.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([ORDER_HEADINGS, *rows])
    return folder


def test_every_example_is_answered_as_the_page_says(database_url: str, tmp_path: Path, folder: Path) -> None:
    files = make_certificate(tmp_path)
    known = furnish(database_url, skus=("PROD-001", "PROD-002"))
    where = ("--tls-cert", str(files.certificate), "--tls-key", str(files.key))
    with serving("--data-dir", str(data_folder(tmp_path)), "--database", database_url, *where) as program:
        for each in examples():
            command = each.command.replace(HOST, program.url).replace(TOKEN, known.token)
            status, answer = run(command.replace(PASSWORD_WORD, PASSWORD), folder, files.certificate)
            assert status == each.status, f"{each.command}\n{answer}"
            if each.answer is not None:
                assert kept(each.answer, json.loads(answer)) == each.answer, each.command
    assert (folder / "labels.pdf").read_bytes().startswith(b"%PDF-")
    assert (folder / "orders.xlsx").read_bytes().startswith(b"PK")


def run(command: str, folder: Path, certificate: Path) -> tuple[int, str]:
    """Run a command in a shell; return the status of the answer and its body."""
    curl = find_program("curl", "curl")
    shown = command.replace("curl ", f"{curl} -sS -w '\\n%{{http_code}}' ", 1)
    done = subprocess.run(
        ["/bin/sh", "-c", shown],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env={**os.environ, "CURL_CA_BUNDLE": str(certificate)},
        timeout=120,
    )
    assert done.returncode == 0, f"{command}\n{done.stderr}{done.stdout}"
    body, _, status = done.stdout.rpartition("\n")
    return int(status), body


def kept(shown: Any, answered: Any) -> Any:
    """Return of an answer what the page shows of it: its fields, but for values that no page foretells."""
    if isinstance(shown, dict):
        assert isinstance(answered, dict)
        missing = set(shown) - set(answered)
        assert not missing, f"{missing} is not in {sorted(answered)}"
        return {
            name: value if name in _CHANGES and type(answered[name]) is type(value) else kept(value, answered[name])
            for name, value in shown.items()
        }
    if isinstance(shown, list) and shown:
        assert isinstance(answered, list)
        return [kept(one, other) for one, other in zip(shown, answered, strict=True)]
    return answered
