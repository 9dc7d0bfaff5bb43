"""The entrance of the program: ``python -m warehouse_desk``."""

from warehouse_desk.app.run import run


def main() -> int:
    """Run the program and return its exit status."""
    return run()


if __name__ == "__main__":
    raise SystemExit(main())
