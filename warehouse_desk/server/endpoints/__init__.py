"""The one table of endpoints: routing, the OpenAPI document and the contract tests all come from it."""
