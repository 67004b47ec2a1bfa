"""Questions to the log."""

from audit.selectors.feed import Feed, feed
from audit.selectors.logs import Filters, logs, visible_to, without_costs

__all__ = ["Feed", "Filters", "feed", "logs", "visible_to", "without_costs"]
