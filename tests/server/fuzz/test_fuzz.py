"""Requests made up from /openapi.json: good ones, bad ones, ones at every limit, and ones that follow each other.

Whatever is asked, the server answers as its own document says. ``--examples N`` makes up more of them.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.furnished import PASSWORD, USER, Furnished, books_of, data_folder, furnish
from tests.server.fuzz.conftest import Amount
from tests.server.independent_client import Dashboard, Line
from tests.server.shell.programs import ROOT, serving

HOOKS = "tests.server.fuzz.known_things"
SECONDS_FOR_AN_ANSWER = 5
JUDGED_BY_THE_SCHEMA_ALONE = ["createOrders", "listOrders", "listWarehouses", "listCities"]
"""Endpoints that must take every good request; at others a rule of the warehouse may say no to one."""


def configuration(known: Furnished, session: Line) -> str:
    """Return schemathesis' settings: every check, and who asks."""
    value = next(value for name, value in session.cookies.items() if name != "XSRF-TOKEN")
    rules = '["2xx", "304", "404", "409", "410", "412", "414", "422"]'
    with_forms = rules.replace("[", '["400", ')  # a form of too many fields, which a schema cannot count
    return f"""
hooks = "{HOOKS}"
[auth.openapi.token]
bearer = "{known.token}"
[auth.openapi.session]
api_key = "{value}"
[auth.openapi.csrf]
api_key = "{session.cookies["XSRF-TOKEN"]}"
[checks]
max_response_time = {SECONDS_FOR_AN_ANSWER}
[checks.positive_data_acceptance]
expected-statuses = {rules}
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "409", "412", "413", "414", "415", "419", "422", "431"]
[[operations]]
include-operation-id = {json.dumps(JUDGED_BY_THE_SCHEMA_ALONE)}
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx"]
[[operations]]
include-path-regex = "import$"
[operations.checks.positive_data_acceptance]
expected-statuses = {with_forms}
[[operations]]
include-operation-id = "exportOrders"
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "409"]
[[operations]]
include-operation-id = "signIn"
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "401", "429"]
[operations.checks.negative_data_rejection]
expected-statuses = ["400", "401", "405", "413", "415", "422", "429"]
"""


def make_up_requests(url: str, folder: Path, known: Furnished, amount: Amount) -> str:
    """Run schemathesis against a server and return what it says; fail where it finds anything."""
    session = Line(url)
    Dashboard(session).sign_in(USER, PASSWORD)
    session.close()
    config = folder / "schemathesis.toml"
    config.write_text(configuration(known, session), encoding="utf-8")
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "--no-color",
        "run", f"{url}/openapi.json", "--checks", "all", "--phases", amount.phases,
        "--max-examples", str(amount.examples), "--seed", str(amount.seed), "--generation-database", "none",
        "--continue-on-failure", "--warnings", "off",
        "--exclude-operation-id", "signOut",  # it would end the session of all the others
    ]  # fmt: skip
    things = {
        "skus": list(known.products),
        "products": list(known.products.values()),
        "references": list(known.references),
        "ids": list(known.ids),
        "cities": list(known.cities),
        "warehouses": [known.warehouse],
        "companies": [known.company],
        "people": [known.person],
    }
    environment = {**os.environ, "KNOWN_THINGS": json.dumps(things), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder, env=environment)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    return done.stdout


@pytest.mark.slow
def test_whatever_is_asked_is_answered_as_the_document_says(database_url: str, tmp_path: Path, amount: Amount) -> None:
    known = furnish(database_url, orders=60)
    folder = data_folder(tmp_path)
    with serving("--data-dir", str(folder), "--database", database_url) as program:
        print(make_up_requests(program.url, tmp_path, known, amount)[-1_500:])  # noqa: T201 - with -s
    assert books_of(database_url) == []
    assert not list((folder / "server").glob("upload-*"))
    for log in (folder / "logs").glob("warehouse-desk-*.log"):
        assert " ERROR " not in log.read_text(encoding="utf-8")
