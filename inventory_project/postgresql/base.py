"""The database engine of all aliases; see `DatabaseWrapper.is_usable`."""

from __future__ import annotations

import select
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django asks `is_usable` once a request, and would send a statement to find out."""

    connection: Any

    def is_usable(self) -> bool:
        """True while the server has said nothing unasked: one that ends a connection leaves an end of file to read.

        Only when there is something to read is the server asked. Saves every request a round trip.
        """
        if self.connection is None or self.connection.closed:
            return False
        unasked, _, _ = select.select([self.connection.fileno()], [], [], 0)
        return not unasked or super().is_usable()
