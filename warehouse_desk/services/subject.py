"""A subject of the desk: what one worker can ask for about one thing, such as the orders."""

from warehouse_desk.services.context import Context


class Subject:
    """Holds the context; the methods of each subject are its use cases, every one safe in any thread."""

    def __init__(self, context: Context) -> None:
        self.context = context
