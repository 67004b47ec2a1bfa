"""Settings of the tests: production's, except for a password hash that does not cost a quarter of a second."""

import os
from pathlib import Path

from inventory_project.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# WhiteNoise warns of a missing directory, and warnings are errors here.
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # noqa: F405

# Tests see the dashboard where they name it: elsewhere / is the same whether or not somebody built one here.
if "DASHBOARD_ROOT" not in os.environ:
    DASHBOARD_ROOT = Path(DATA_DIR) / "no-dashboard"  # noqa: F405
    WHITENOISE_ROOT = None
