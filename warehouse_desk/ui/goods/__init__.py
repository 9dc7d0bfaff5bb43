"""Products, stock, returned goods and the directories: a page of the window."""
