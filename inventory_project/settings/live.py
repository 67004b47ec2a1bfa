"""Live connections: how many one process keeps open, for one person, one organisation, and all."""

from inventory_project.settings.env import env

LIVE_USER_CONNECTIONS = env.int("LIVE_USER_CONNECTIONS", default=20)
LIVE_ORGANIZATION_CONNECTIONS = env.int("LIVE_ORGANIZATION_CONNECTIONS", default=2_000)
LIVE_CONNECTIONS = env.int("LIVE_CONNECTIONS", default=5_000)
