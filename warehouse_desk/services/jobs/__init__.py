"""Work that a program asked for over HTTP and asks about again later."""
