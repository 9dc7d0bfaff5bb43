"""Printers as the computer reaches them: queues of CUPS, raw sockets of label printers. Nothing else opens a socket."""
