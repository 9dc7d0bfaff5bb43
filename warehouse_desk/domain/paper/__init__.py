"""What stands on labels, runs and hand-over sheets."""
