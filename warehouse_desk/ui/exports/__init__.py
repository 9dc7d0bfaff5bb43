"""Lists to files: what, which columns, where; the jobs that do it."""
