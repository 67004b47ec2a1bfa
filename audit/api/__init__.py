"""The log over HTTP: read-only for everyone."""
