"""The virtual display takes real key presses in the layout that was chosen."""

import subprocess
import sys

from tests.support.display import Display

WINDOW = """
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication([])
field = QLineEdit()
field.setWindowTitle("Scan field")
field.returnPressed.connect(lambda: (print(field.text(), flush=True), app.quit()))
field.show()
app.exec()
"""


def test_keys_typed_on_a_french_keyboard_arrive_in_a_window(x_display: Display) -> None:
    x_display.set_keyboard_layout("fr")
    program = subprocess.Popen(
        [sys.executable, "-c", WINDOW], env=x_display.environment(), stdout=subprocess.PIPE, text=True
    )
    x_display.focus(x_display.wait_for_window("^Scan field$"))
    # Key 24 is Q on a US keyboard and A on a French one; 10 without Shift is & there.
    x_display.xdotool("key", "24", "10", "36")
    printed, _ = program.communicate(timeout=30)
    assert printed == "a&\n"


def test_the_larger_display_has_a_supervisors_resolution(large_x_display: Display) -> None:
    assert large_x_display.xdotool("getdisplaygeometry").split() == ["1920", "1080"]
