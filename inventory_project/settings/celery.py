"""Celery: tasks that only carry hints, a static beat schedule. Reasons: docs/architecture.md.

What may take longer than a second goes to a queue of its own (`long`, `forecast`, `imports`, `webhooks`), which the
workers that apply movements do not listen to.
"""

from kombu import Queue

from inventory_project.settings.env import env

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default=REDIS_URL)
CELERY_RESULT_BACKEND = None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 45
CELERY_TASK_TIME_LIMIT = 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# By memory and not by number: at 200 short tasks a second both children reached 2,000 together, and for more than a
# second nobody was at work.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 500_000  # KiB
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,  # above the hard time limit, so a running task is not delivered twice
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "socket_keepalive": True,
    "health_check_interval": 15,
}
CELERY_TIMEZONE = "UTC"
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_QUEUES = [Queue(name) for name in ("default", "apply", "long", "forecast", "imports", "webhooks")]
CELERY_TASK_ROUTES = {
    "stock.drain_*": {"queue": "apply"},
    # What only rings does not wait behind what works.
    "forecasting.request_*": {"queue": "default"},
    "forecasting.sweep_runs": {"queue": "default"},
    "forecasting.sweep_proposals": {"queue": "default"},
    "forecasting.sweep_alerts": {"queue": "default"},
    "forecasting.answer_calls": {"queue": "default"},  # for half a second at a time
    "forecasting.review_alerts": {"queue": "long"},
    "forecasting.*": {"queue": "forecast"},
    "stock.run_import": {"queue": "imports"},
    "stock.run_export": {"queue": "long"},
    "inventory_project.take_backup": {"queue": "long"},
    "audit.export_checkpoints": {"queue": "long"},
    "stock.correct_late_counts": {"queue": "long"},
    "stock.ensure_partitions": {"queue": "long"},
    "stock.prune_*": {"queue": "long"},
    "stock.roll_sales": {"queue": "long"},
    "stock.send_mailing": {"queue": "long"},  # a mail server may take its time
    "stock.send_purchase_letter": {"queue": "long"},
    "stock.snapshot_organization": {"queue": "long"},
    "stock.verify_ledger": {"queue": "long"},
    # Its worker is many threads that wait for other people's servers; what only rings does not wait behind them.
    "webhooks.serve_endpoint": {"queue": "webhooks"},
    "webhooks.prune_deliveries": {"queue": "long"},
}
# Celery's Django fixup otherwise closes the database connection around every task.
CELERY_DB_REUSE_MAX = 100_000
CELERY_BEAT_SCHEDULE = {
    "worker-heartbeat": {"task": "inventory_project.beat_heart", "schedule": 10.0, "options": {"expires": 20}},
    "long-heartbeat": {
        "task": "inventory_project.beat_heart",
        "schedule": 10.0,
        "kwargs": {"worker": "long"},
        "options": {"expires": 20, "queue": "long"},
    },
    "webhooks-heartbeat": {
        "task": "inventory_project.beat_heart",
        "schedule": 10.0,
        "kwargs": {"worker": "webhooks"},
        "options": {"expires": 20, "queue": "webhooks"},
    },
    "sweep-lanes": {"task": "stock.sweep_lanes", "schedule": 2.0, "options": {"expires": 4, "queue": "apply"}},
    "expire-reservations": {"task": "stock.expire_reservations", "schedule": 10.0, "options": {"expires": 20}},
    "ensure-partitions": {"task": "stock.ensure_partitions", "schedule": 6 * 3600.0, "options": {"expires": 3600}},
    "prune-movement-keys": {"task": "stock.prune_keys", "schedule": 3600.0, "options": {"expires": 3600}},
    "verify-ledgers": {"task": "stock.verify_ledgers", "schedule": 3600.0, "options": {"expires": 3600}},
    "take-snapshots": {"task": "stock.take_snapshots", "schedule": 1800.0, "options": {"expires": 1700}},
    "sweep-imports": {"task": "stock.sweep_imports", "schedule": 10.0, "options": {"expires": 10}},
    "sweep-exports": {"task": "stock.sweep_exports", "schedule": 10.0, "options": {"expires": 10}},
    "prune-exports": {"task": "stock.prune_exports", "schedule": 600.0, "options": {"expires": 600}},
    "prune-import-files": {"task": "stock.prune_import_files", "schedule": 24 * 3600.0, "options": {"expires": 3600}},
    "correct-late-counts": {"task": "stock.correct_late_counts", "schedule": 3600.0, "options": {"expires": 3600}},
    "send-due-mailings": {"task": "stock.send_due_mailings", "schedule": 300.0, "options": {"expires": 240}},
    "mail-orders": {"task": "stock.sweep_purchase_letters", "schedule": 60.0, "options": {"expires": 50}},
    "roll-sales": {"task": "stock.roll_due_sales", "schedule": 15.0, "options": {"expires": 15}},
    "request-nightly-forecasts": {
        "task": "forecasting.request_nightly",
        "schedule": 300.0,
        "options": {"expires": 240},
    },
    "sweep-forecasts": {
        "task": "forecasting.sweep_runs",
        "schedule": 10.0,
        "options": {"expires": 10, "queue": "default"},
    },
    "sweep-proposals": {
        "task": "forecasting.sweep_proposals",
        "schedule": 15.0,
        "options": {"expires": 15, "queue": "default"},
    },
    "sweep-webhooks": {"task": "webhooks.sweep", "schedule": 2.0, "options": {"expires": 4}},
    "prune-deliveries": {"task": "webhooks.prune_deliveries", "schedule": 24 * 3600.0, "options": {"expires": 3600}},
    "sweep-alerts": {
        "task": "forecasting.sweep_alerts",
        "schedule": 5.0,
        "options": {"expires": 5, "queue": "default"},
    },
    "export-checkpoints": {"task": "audit.export_checkpoints", "schedule": 24 * 3600.0, "options": {"expires": 3600}},
    "take-backup": {"task": "inventory_project.take_backup", "schedule": 3600.0, "options": {"expires": 3000}},
}
