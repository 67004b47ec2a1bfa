"""Starting and stopping the real services: embedded PostgreSQL and Valkey, web, worker and beat."""
