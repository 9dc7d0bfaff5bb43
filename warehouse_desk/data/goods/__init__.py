"""Rows of products, barcodes, stock and its ledger."""
