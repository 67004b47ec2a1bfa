"""Live connections."""

from inventory_project.settings.env import env

# How many one process keeps open: for one person, one organisation, and all.
LIVE_USER_CONNECTIONS = env.int("LIVE_USER_CONNECTIONS", default=20)
LIVE_ORGANIZATION_CONNECTIONS = env.int("LIVE_ORGANIZATION_CONNECTIONS", default=2_000)
LIVE_CONNECTIONS = env.int("LIVE_CONNECTIONS", default=5_000)
# Seconds between two signs of life, and until a client that takes nothing is given up.
LIVE_KEEPALIVE_SECONDS = env.float("LIVE_KEEPALIVE_SECONDS", default=15.0)
LIVE_PATIENCE_SECONDS = env.float("LIVE_PATIENCE_SECONDS", default=20.0)
# Where the process is that serves /socket.io/; `manage.py up` starts it and says so in instance.json. Empty: none does.
LIVE_URL = env.str("LIVE_URL", default="").rstrip("/")
