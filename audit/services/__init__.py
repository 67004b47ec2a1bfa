"""The only writers of the log."""

from audit.services.entries import Entry, record, record_many, record_platform
from audit.services.lines import ensure_line
from audit.services.partitions import ensure_partitions

__all__ = ["Entry", "ensure_line", "ensure_partitions", "record", "record_many", "record_platform"]
