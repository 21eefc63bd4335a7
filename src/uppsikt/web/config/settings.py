"""Settings. Everything an operator chooses is an environment variable; the defaults run on one machine.

UPPSIKT_HOME     folder for the database, caches and the secret key (default: ./var)
DATABASE_URL     postgresql://user:password@host:port/name; without it SQLite (WAL) in UPPSIKT_HOME
UPPSIKT_HOSTS    host names that are served, separated by commas (default: this machine only)
UPPSIKT_DEMO     1: show the demonstration's users on the sign-in page
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

HOME = Path(os.environ.get("UPPSIKT_HOME", "var")).resolve()
WEB = Path(__file__).resolve().parent.parent


def _secret_key() -> str:
    """Give the key that signs sessions: made once, kept in UPPSIKT_HOME, readable by its owner only."""
    HOME.mkdir(parents=True, exist_ok=True)
    path = HOME / "secret-key"
    if not path.exists():
        handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


def _database() -> dict[str, Any]:
    address = os.environ.get("DATABASE_URL", "")
    if address:
        parts = urlsplit(address)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 600,
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": HOME / "uppsikt.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # IMMEDIATE: two writers queue instead of failing; WAL: readers never wait for a writer.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;",
        },
    }


SECRET_KEY = _secret_key()
DEBUG = False
DEMO = os.environ.get("UPPSIKT_DEMO") == "1"
ALLOWED_HOSTS = [host for host in os.environ.get("UPPSIKT_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
DATABASES = {"default": _database()}
AUTH_USER_MODEL = "organisation.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "uppsikt.web.config.urls"
WSGI_APPLICATION = "uppsikt.web.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "uppsikt.web.organisation",
    "uppsikt.web.history",
    "uppsikt.web.cycle",
    "uppsikt.web.steering",
    "uppsikt.web.economy",
    "uppsikt.web.reports",
    "uppsikt.web.pages",
    "uppsikt.web.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [WEB / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATICFILES_DIRS = [WEB / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
LOGIN_URL = "/logga-in/"
LOGIN_REDIRECT_URL = "/"
