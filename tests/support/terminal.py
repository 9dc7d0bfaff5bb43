"""The program at a terminal of its own, where it may ask for a password."""

import os
import subprocess
import sys


def at_a_terminal(words: list[str], answer: str) -> tuple[str, int]:
    """Run the program with these words, type the answer at its first question; return what was shown and its status."""
    import pty  # late: there is none on Windows

    ours, its = pty.openpty()
    command = [sys.executable, "-m", "warehouse_desk", *words]
    with subprocess.Popen(command, stdin=its, stdout=its, stderr=its, start_new_session=True) as program:
        os.close(its)
        shown = b""
        typed = False
        while chunk := _read(ours):
            shown += chunk
            if not typed and shown.rstrip().endswith(b":"):
                os.write(ours, answer.encode())
                typed = True
        os.close(ours)
        return shown.decode(), program.wait(timeout=60)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux: the other side has closed
        return b""
