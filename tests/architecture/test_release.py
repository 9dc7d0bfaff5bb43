"""The version, the changelog and the lock files tell the same story as pyproject.toml."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import warehouse_desk
from tests.architecture.source import ROOT

LOCKS = {
    "requirements.lock": ("dependencies", "build"),
    "requirements-dev.lock": ("dev",),
    "requirements-package.lock": ("package",),
}


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _pins(lock: Path) -> dict[str, str]:
    pinned = re.findall(r"^([\w.-]+)==([^\s;]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pinned}


def test_the_package_and_the_project_have_one_version() -> None:
    assert _project()["project"]["version"] == warehouse_desk.__version__


def test_the_changelog_has_an_entry_for_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{warehouse_desk.__version__}]" in changelog


@pytest.mark.parametrize(("lock", "groups"), LOCKS.items())
def test_the_lock_file_pins_what_the_project_asks_for(lock: str, groups: tuple[str, ...]) -> None:
    """A failure here says that ``python3 dev.py lock`` was forgotten."""
    project = _project()
    asked = {"dependencies": project["project"]["dependencies"], **project["dependency-groups"]}
    pins = _pins(ROOT / lock)
    wanted = [Requirement(line) for group in groups for line in asked[group]]
    stale = [str(one) for one in wanted if not one.specifier.contains(pins.get(canonicalize_name(one.name), "0"))]
    assert stale == []


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_file_names_versions_and_hashes_and_no_place(lock: str) -> None:
    """Where packages come from is the business of the machine that installs them."""
    for line in (ROOT / lock).read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"#.*|[\w.-]+==\S+( ; .+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|", line), line


@pytest.mark.parametrize("other", ["requirements-dev.lock", "requirements-package.lock"])
def test_the_lock_files_agree_on_what_they_share(other: str) -> None:
    runtime, more = _pins(ROOT / "requirements.lock"), _pins(ROOT / other)
    shared = runtime.keys() & more.keys()
    assert {name: runtime[name] for name in shared} == {name: more[name] for name in shared}
