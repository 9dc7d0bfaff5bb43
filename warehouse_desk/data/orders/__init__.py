"""Rows of orders: their facts, lists, steps, history and outbox."""
