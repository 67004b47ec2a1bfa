"""Organisations, people, their memberships and tokens."""
