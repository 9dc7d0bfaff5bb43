"""Everything that can go wrong for a reason a person can act on. Anything else is a fault of the program."""

from collections.abc import Mapping

from warehouse_desk.common.messages import Message


class DeskError(Exception):
    """A refusal with a sentence that names the thing, the reason and the way out."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class RuleViolation(DeskError):
    """The rules of the desk do not allow this step."""


class PossibleTwin(RuleViolation):
    """An order for the same phone with the same products was made a short while ago."""


class NotAllowed(DeskError):
    """This worker's role does not hold the ability."""


class NotFound(DeskError):
    """No such order, product, warehouse, person, company or user."""


class StaleOrder(DeskError):
    """Somebody else changed the order since it was read."""


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
