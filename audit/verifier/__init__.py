"""Checking the log's chains, with nothing but Python's standard library."""
