"""The scanner in the window: key events of every window in, scans out."""
