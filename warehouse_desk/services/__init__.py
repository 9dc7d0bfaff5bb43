"""Use cases: one function for each thing a worker, a file or another program can ask for."""
