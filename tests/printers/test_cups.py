"""PDFs to queues of CUPS, with stand-ins for its two programs on the path."""

import os
import stat
from pathlib import Path

import pytest

from warehouse_desk.printers import cups
from warehouse_desk.printers.errors import PrinterUnavailable

pytestmark = pytest.mark.skipif(os.name != "posix", reason="CUPS is not on Windows")

PDF = b"%PDF-1.4 labels"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that alone is on the path, with a printing system that notes what it is given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    put(
        folder,
        "lpstat",
        'case "$1" in -e) printf "Zebra_1\\nOffice\\n";; -d) echo "system default destination: Office";;'
        ' -a) if [ "$2" = Office ]; then printf "Office not accepting requests since now -\\n\\tMaintenance\\n";'
        ' else echo "$2 accepting requests since now"; fi;; esac',
    )
    put(
        folder,
        "lp",
        f"""echo "$@" > {tmp_path}/words
for last; do :; done
while IFS= read -r line || [ -n "$line" ]; do printf "%s" "$line"; done < "$last" > {tmp_path}/file
echo "request id is Zebra_1-42 (1 file(s))\"""",
    )
    return folder


def put(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)


def test_the_default_queue_comes_first(programs: Path) -> None:
    assert cups.queues() == ["Office", "Zebra_1"]


def test_the_pdf_itself_goes_to_the_queue_at_full_size(programs: Path, tmp_path: Path) -> None:
    assert cups.print_pdf("Zebra_1", PDF, title="Labels 12", paper=(101.6, 152.4), copies=2) == "Zebra_1-42"
    words = (tmp_path / "words").read_text(encoding="utf-8")
    assert "-d Zebra_1 -n 2 -t Labels 12" in words
    assert "media=Custom.101.6x152.4mm" in words
    assert "print-scaling=none" in words
    assert "fit-to-page=false" in words
    assert (tmp_path / "file").read_bytes() == PDF


def test_a_queue_is_looked_at_without_giving_it_a_job(programs: Path, tmp_path: Path) -> None:
    cups.check_queue("Zebra_1")
    with pytest.raises(PrinterUnavailable, match="The printer Office accepts no jobs now"):
        cups.check_queue("Office")
    with pytest.raises(PrinterUnavailable, match="“Zebra_9” is not a printer of this computer"):
        cups.check_queue("Zebra_9")
    assert not (tmp_path / "words").exists()


def test_a_refused_job_says_why(programs: Path) -> None:
    put(programs, "lp", 'echo "lp: The printer or class does not exist." >&2; exit 1')
    with pytest.raises(
        PrinterUnavailable, match=r"Zebra_9 did not accept the job \(The printer or class does not exist"
    ):
        cups.print_pdf("Zebra_9", PDF, title="Labels", paper=(210, 297))


def test_a_name_that_could_be_an_option_is_no_queue(programs: Path, tmp_path: Path) -> None:
    with pytest.raises(PrinterUnavailable, match=r"is not a printer of this computer. Choose one from the list."):
        cups.print_pdf("-o", PDF, title="Labels", paper=(210, 297))
    assert not (tmp_path / "words").exists()


def test_a_computer_without_cups_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert cups.queues() == []
    with pytest.raises(PrinterUnavailable, match="no CUPS"):
        cups.print_pdf("Office", PDF, title="Labels", paper=(210, 297))
    with pytest.raises(PrinterUnavailable, match="no CUPS"):
        cups.check_queue("Office")
