"""Expectations and advice."""
