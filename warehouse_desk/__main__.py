"""The entrance of the program: ``python -m warehouse_desk``."""

_INTERRUPTED = 130
"""As a shell says it of a program ended by SIGINT."""


def main() -> int:
    """Run the program and return its exit status."""
    try:
        from warehouse_desk.app.run import run  # here, so that Ctrl+C is quiet while the program loads too

        return run()
    except KeyboardInterrupt:
        return _INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(main())
