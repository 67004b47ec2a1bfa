"""Live connections."""

from inventory_project.settings.env import env

# How many the installation keeps open for one person and for one organisation, and one process for all.
LIVE_USER_CONNECTIONS = env.int("LIVE_USER_CONNECTIONS", default=50)
LIVE_ORGANIZATION_CONNECTIONS = env.int("LIVE_ORGANIZATION_CONNECTIONS", default=5_000)
LIVE_CONNECTIONS = env.int("LIVE_CONNECTIONS", default=5_000)
# How long a connection still counts after the process that kept it has died.
LIVE_LEASE_SECONDS = env.float("LIVE_LEASE_SECONDS", default=30.0)
# Seconds between two signs of life, and until a client that takes nothing is given up.
LIVE_KEEPALIVE_SECONDS = env.float("LIVE_KEEPALIVE_SECONDS", default=15.0)
LIVE_PATIENCE_SECONDS = env.float("LIVE_PATIENCE_SECONDS", default=20.0)
# Where the process is that serves /socket.io/; `manage.py up` starts it and says so in instance.json. Empty: none does.
LIVE_URL = env.str("LIVE_URL", default="").rstrip("/")
