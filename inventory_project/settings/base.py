"""What every installation shares; the concerns have files of their own."""

from pathlib import Path
from typing import Any

from inventory_project import dashboard
from inventory_project.settings.admin import *  # noqa: F403
from inventory_project.settings.api import *  # noqa: F403
from inventory_project.settings.celery import *  # noqa: F403
from inventory_project.settings.database import *  # noqa: F403
from inventory_project.settings.env import BASE_DIR as BASE_DIR
from inventory_project.settings.env import DATA_DIR as DATA_DIR
from inventory_project.settings.env import env
from inventory_project.settings.live import *  # noqa: F403
from inventory_project.settings.logging import *  # noqa: F403
from inventory_project.settings.security import *  # noqa: F403

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "unfold.contrib.filters",
    "inventory_project.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "corsheaders",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "inventory_project",
    "audit",
    "accounts",
    "stores",
    "catalog",
    "stock",
    "webhooks",
    "forecasting",
    "live",
]

ROOT_URLCONF = "inventory_project.urls"
WSGI_APPLICATION = "inventory_project.wsgi.application"
ASGI_APPLICATION = "inventory_project.asgi.application"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Before the packages' own, so that a wording of theirs can be said better here.
        "DIRS": [BASE_DIR / "inventory_project" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(DATA_DIR / "static"))
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "inventory_project.static_files.Storage"},
}

# The built dashboard. Without one, / is a page that says where to go on from here.
DASHBOARD_ROOT = Path(env.str("DASHBOARD_ROOT", default=str(BASE_DIR / "frontend" / "out")))
WHITENOISE_ROOT = str(DASHBOARD_ROOT) if dashboard.is_built(DASHBOARD_ROOT) else None
WHITENOISE_INDEX_FILE = True
WHITENOISE_IMMUTABLE_FILE_TEST = dashboard.HASHED
WHITENOISE_ADD_HEADERS_FUNCTION = dashboard.add_headers
WHITENOISE_ALLOW_ALL_ORIGINS = False

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# A mail server that does not answer must not hold a worker.
EMAIL_TIMEOUT = env.float("EMAIL_TIMEOUT", default=10.0)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="onhand@localhost")

# A repeat of a request is recognised this long.
IDEMPOTENCY_DAYS = env.int("IDEMPOTENCY_DAYS", default=30)
FORECAST_DAYS = env.int("FORECAST_DAYS", default=30)
# From this hour of the organisation's own clock on last night's forecast is made; closing balances are known by then.
FORECAST_HOUR = env.int("FORECAST_HOUR", default=3)
# Series a worker forecasts at a time: about 40 MB each thousand with three years of history.
FORECAST_CHUNK = env.int("FORECAST_CHUNK", default=4096)
STREAMING_INTERVAL_SECONDS = env.float("STREAMING_INTERVAL_SECONDS", default=5.0)
STREAMING_SPEED = env.float("STREAMING_SPEED", default=1.0)

# One backup a night is written there and the newest ones are kept; empty: none is.
_backups = env.str("BACKUP_DIR", default="")
BACKUP_DIR = Path(_backups) if _backups else None
BACKUP_KEEP = env.int("BACKUP_KEEP", default=7)

# Uploaded files: where they are kept (a Django storage, so it may be S3), how large one may be, and for how many days.
IMPORT_ROOT = env.path("IMPORT_ROOT", default=str(DATA_DIR / "imports"))
IMPORT_MAX_BYTES = env.int("IMPORT_MAX_BYTES", default=1024**3)
IMPORT_KEEP_DAYS = env.int("IMPORT_KEEP_DAYS", default=90)
IMPORTS_AT_ONCE = max(1, env.int("IMPORTS_AT_ONCE", default=1))  # large ones, in workers
STORAGES["imports"] = {
    "BACKEND": env.str("IMPORT_STORAGE", default="django.core.files.storage.FileSystemStorage"),
    "OPTIONS": {"location": str(IMPORT_ROOT)} if not env.str("IMPORT_STORAGE", default="") else {},
}

# Files made in the background: where they are kept (a Django storage), for how many hours, how large one and all of an
# organisation's may be, how many may be made at a time, and for how many seconds a link to one works by itself.
EXPORT_ROOT = env.path("EXPORT_ROOT", default=str(DATA_DIR / "exports"))
EXPORT_KEEP_HOURS = env.int("EXPORT_KEEP_HOURS", default=72)
EXPORT_MAX_BYTES = env.int("EXPORT_MAX_BYTES", default=1024**3)
EXPORT_ORGANIZATION_BYTES = env.int("EXPORT_ORGANIZATION_BYTES", default=5 * 1024**3)
EXPORTS_AT_ONCE = env.int("EXPORTS_AT_ONCE", default=10)
EXPORT_LINK_SECONDS = env.int("EXPORT_LINK_SECONDS", default=900)
# Of files that are made while their reader waits: rows of an xlsx file, which is sent when it is whole, and seconds
# that any may take of a web server's thread; its reader's rights are those of the moment it began.
EXPORT_DIRECT_XLSX_ROWS = env.int("EXPORT_DIRECT_XLSX_ROWS", default=50_000)
EXPORT_DIRECT_SECONDS = env.int("EXPORT_DIRECT_SECONDS", default=600)
STORAGES["exports"] = {
    "BACKEND": env.str("EXPORT_STORAGE", default="django.core.files.storage.FileSystemStorage"),
    "OPTIONS": {"location": str(EXPORT_ROOT)} if not env.str("EXPORT_STORAGE", default="") else {},
}

# Webhooks go to https addresses of the public internet. For development and tests: http as well, and networks besides.
WEBHOOK_ALLOW_HTTP = env.bool("WEBHOOK_ALLOW_HTTP", default=False)
WEBHOOK_ALLOWED_NETWORKS = env.list("WEBHOOK_ALLOWED_NETWORKS", default=[])
# Seconds a receiver has for one request, hours a batch is tried before its endpoint is paused, days what was sent stays
# listed.
WEBHOOK_TIMEOUT_SECONDS = env.float("WEBHOOK_TIMEOUT_SECONDS", default=10.0)
WEBHOOK_GIVE_UP_HOURS = env.float("WEBHOOK_GIVE_UP_HOURS", default=72.0)
# Endpoints whose last try failed, served at a time in all workers together: half of the threads that `up` starts.
WEBHOOK_RETRIES_AT_ONCE = env.int("WEBHOOK_RETRIES_AT_ONCE", default=8)
WEBHOOK_KEEP_DAYS = env.int("WEBHOOK_KEEP_DAYS", default=30)
