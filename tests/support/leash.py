"""Stop the servers of a test run when the run ends, however it ends.

The pytest process starts this file as a separate process and holds the other end of its standard input.
When that end closes (the run is over, was interrupted or was killed) every command registered in the run's
folder is executed, and the folder is removed. Run as a plain file: only the standard library is at hand.
"""

import json
import os
import shutil
import subprocess
import sys
import uuid
from pathlib import Path

STOP_SECONDS = 30  # PostgreSQL's fast shutdown takes well under one


def register(run_folder: Path, command: list[str], user: str | None = None) -> Path:
    """Have ``command`` executed (as ``user``) when the run ends; deleting the returned file undoes that."""
    order = run_folder / "at-end" / f"{uuid.uuid4().hex}.json"
    draft = order.with_suffix(".draft")
    draft.write_text(json.dumps({"command": command, "user": user}), encoding="utf-8")
    draft.replace(order)
    return order


def start(run_folder: Path) -> "subprocess.Popen[bytes]":
    """Start the watching process; closing its standard input (or dying) makes it clean up."""
    (run_folder / "at-end").mkdir()
    return subprocess.Popen(
        [sys.executable, "-I", "-S", __file__, str(run_folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl+C in the terminal must not reach it before the run has ended
    )


def clean_up(run_folder: Path) -> None:
    """Execute the registered commands and remove the folder of the run."""
    for order in sorted((run_folder / "at-end").glob("*.json")):
        entry = json.loads(order.read_text(encoding="utf-8"))
        as_user = {"user": entry["user"], "group": entry["user"], "extra_groups": []} if entry["user"] else {}
        subprocess.run(
            entry["command"],
            check=False,
            cwd=run_folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=STOP_SECONDS,
            **as_user,
        )
    os.chdir(run_folder.parent)
    shutil.rmtree(run_folder, ignore_errors=True)


if __name__ == "__main__":
    sys.stdin.buffer.read()
    clean_up(Path(sys.argv[1]))
