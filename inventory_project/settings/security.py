"""Secrets, hosts, cookies, headers, passwords, rate limits. Safe by default; DEBUG loosens only what a laptop needs."""

import sys

from django.core.exceptions import ImproperlyConfigured

from inventory_project.runtime.instance import is_offline
from inventory_project.settings.env import env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY or SECRET_KEY.startswith(("django-insecure", "change-me")):
    if DEBUG or (len(sys.argv) > 1 and is_offline(sys.argv)):
        SECRET_KEY = SECRET_KEY or "only-for-commands-that-keep-nothing-" * 2
    else:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Set it to 50 or more random characters, "
            "or start the embedded instance with `manage.py up`."
        )

# Keys that were replaced: what they signed, and the secrets of webhooks made under them, stay good while they are here.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CORS_ALLOWED_ORIGINS = env.list("CORS_ALLOWED_ORIGINS", default=[])
CORS_ALLOW_CREDENTIALS = bool(CORS_ALLOWED_ORIGINS)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

# HTTPS is assumed unless the installation says that it is served in the clear (a laptop, or behind no proxy).
SERVED_OVER_HTTPS = env.bool("SERVED_OVER_HTTPS", default=True) and not DEBUG
SECURE_SSL_REDIRECT = SERVED_OVER_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health", r"^metrics/?$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000) if SERVED_OVER_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVED_OVER_HTTPS
SECURE_HSTS_PRELOAD = SERVED_OVER_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVED_OVER_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=12) * 3600
SESSION_ENGINE = "django.contrib.sessions.backends.db"

DATA_UPLOAD_MAX_MEMORY_SIZE = env.int("MAX_BODY_BYTES", default=5 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

MIDDLEWARE = [
    "inventory_project.metrics.Metrics",
    "inventory_project.middleware.RequestContext",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "inventory_project.middleware.ContentSecurityPolicy",
    "corsheaders.middleware.CorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Requests a minute. Bulk rows cost one request; the limits guard against loops and guessing, not against work.
RATE_LIMITS = {
    "token": env.int("RATE_LIMIT_TOKEN", default=60_000),
    "address": env.int("RATE_LIMIT_ADDRESS", default=600),
    "login_account": env.int("RATE_LIMIT_LOGIN_ACCOUNT", default=10),
    "login_address": env.int("RATE_LIMIT_LOGIN_ADDRESS", default=60),
}
TOKEN_CACHE_SECONDS = env.float("TOKEN_CACHE_SECONDS", default=5.0)
LOGIN_TOKEN_HOURS = env.int("LOGIN_TOKEN_HOURS", default=12)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
