"""Keyboard-wedge scanners: which keystrokes are a scan, and what was meant. No Qt, no own clock."""
