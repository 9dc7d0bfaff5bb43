"""Everything that can go wrong for a reason a person can act on. Anything else is a fault of the program."""

from collections.abc import Mapping

from warehouse_desk.common.messages import Message
from warehouse_desk.domain.results import BulkResult


class DeskError(Exception):
    """A refusal with a sentence that names the thing, the reason and the way out."""

    def __init__(self, message: Message, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        """What was given and is at fault, by its name on the wire such as ``warehouseId``; None for all of it."""

    def __str__(self) -> str:
        return str(self.message)


class RuleViolation(DeskError):
    """The rules of the desk do not allow this step."""


class PossibleTwin(RuleViolation):
    """An order for the same phone with the same products was made a short while ago."""


class NothingDone(RuleViolation):
    """All or nothing was asked for, and not all of it can be done: ``result`` says of each order what would be."""

    def __init__(self, message: Message, result: BulkResult) -> None:
        super().__init__(message)
        self.result = result


class NotAllowed(DeskError):
    """This worker's role does not hold the ability."""


class NotFound(DeskError):
    """No such order, product, warehouse, person, company or user."""


class NoLongerKept(NotFound):
    """It was there, and its file was removed when its time was over."""


class NotReady(DeskError):
    """It is still being made; ask again in a moment."""


class StaleOrder(DeskError):
    """Somebody else changed the order since it was read."""


class OtherVersion(StaleOrder):
    """The order is no longer the version that the asker read."""


class InvalidInput(DeskError):
    """Fields that do not hold what they must, each by its path such as ``orders.3.products.0.sku``."""

    def __init__(self, message: Message, fields: Mapping[str, Message]) -> None:
        super().__init__(message)
        self.fields = dict(fields)


class WrongUsage(DeskError):
    """The request itself is incomplete: a need of the action was not given."""


class SignInRequired(DeskError):
    """The database has users and nobody, or not the right password, was given."""


class TooManyTries(SignInRequired):
    """A password or PIN was given wrongly too often: for a while none is looked at."""

    def __init__(self, message: Message, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds until one is looked at again."""


class RequestReused(RuleViolation):
    """The id of a request that was done is given with another content."""


class RequestRunning(DeskError):
    """The same request is being done at this moment."""


class DatabaseUnavailable(DeskError):
    """The database cannot be reached, opened or written now."""


class DatabaseBusy(DatabaseUnavailable):
    """Another station holds what is needed for longer than a worker should wait."""


class AnswerLost(DatabaseUnavailable):
    """The database was lost while it kept the work: perhaps it is done, perhaps nothing of it."""


class SchemaTooNew(DatabaseUnavailable):
    """A newer program has upgraded the database; this station must be updated."""
