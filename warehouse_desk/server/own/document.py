"""The description of the API, for programs that make clients, and for tests."""

from warehouse_desk.server.exchange import Answer, Ask


def show_document(ask: Ask) -> Answer:
    """Answer the OpenAPI document of this server."""
    return Answer(ask.state.document)
