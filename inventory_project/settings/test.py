"""Settings of the tests: production's, except for a password hash that does not cost a quarter of a second."""

from pathlib import Path

from inventory_project.settings.base import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# WhiteNoise warns of a missing directory, and warnings are errors here.
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # noqa: F405
