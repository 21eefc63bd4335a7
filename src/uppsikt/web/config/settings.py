"""Settings. Everything an operator chooses is an environment variable; the defaults run on one machine.

UPPSIKT_HOME     folder for the database, caches and the secret key (default: ./var)
DATABASE_URL     postgresql://user:password@host:port/name (?host=/folder for a local socket);
                 without it SQLite (WAL) in UPPSIKT_HOME
UPPSIKT_HOSTS    host names that are served, separated by commas (default: this machine only)
UPPSIKT_HTTPS    1: a proxy with TLS stands before the server; cookies are sent over HTTPS only
UPPSIKT_DEMO     1: show the demonstration's users on the sign-in page
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from uppsikt.core.errors import UseError, reason_of

HOME = Path(os.environ.get("UPPSIKT_HOME", "var")).resolve()
WEB = Path(__file__).resolve().parent.parent


def _secret_key() -> str:
    """Give the key that signs sessions: made once, kept in UPPSIKT_HOME, readable by its owner only."""
    path, unfinished = HOME / "secret-key", HOME / f"secret-key.{os.getpid()}"
    try:
        HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists() or not path.stat().st_size:
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(50))
            unfinished.rename(path)  # whole or not at all: an empty key would stop the program for ever
        return path.read_text()
    except OSError as error:
        raise UseError(
            f"Mappen {HOME} går inte att använda: {reason_of(error)}. Välj en annan mapp med UPPSIKT_HOME, "
            "eller ge den som kör programmet rätt att läsa och skriva där."
        ) from error


def database_of(address: str) -> dict[str, Any]:
    """Give Django's settings of the database at the address; an empty one is SQLite in HOME."""
    if address:
        parts = _parts_of(address)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or parse_qs(parts.query).get("host", [""])[0],
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


def _parts_of(address: str) -> SplitResult:
    """Take an address apart; one that cannot be used is not shown, because it may hold a password."""
    try:
        parts = urlsplit(address)
        is_sound = parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/") and parts.port != 0
    except ValueError:
        is_sound = False
    if not is_sound:
        raise UseError(
            "DATABASE_URL är ingen adress till en databas. Skriv postgresql://användare:lösenord@värd:port/namn, "
            "eller ta bort den: då används SQLite i UPPSIKT_HOME."
        )
    return parts


SECRET_KEY = _secret_key()
DEBUG = False
DEMO = os.environ.get("UPPSIKT_DEMO") == "1"
DEMO_PASSWORD = "uppsikt-demo"  # noqa: S105  # shown on the sign-in page of the demonstration: it is no secret
ALLOWED_HOSTS = [host for host in os.environ.get("UPPSIKT_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
DATABASES = {"default": database_of(os.environ.get("DATABASE_URL", ""))}
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
    "uppsikt.web.ledger",
    "uppsikt.web.economy",
    "uppsikt.web.budget",
    "uppsikt.web.investments",
    "uppsikt.web.staff",
    "uppsikt.web.followup",
    "uppsikt.web.council",
    "uppsikt.web.reports",
    "uppsikt.web.review",
    "uppsikt.web.pages",
    "uppsikt.web.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "uppsikt.web.pages.middleware.headers.security_headers",
    "uppsikt.web.pages.middleware.kept_pages.kept_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "uppsikt.web.pages.middleware.language.chosen_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "uppsikt.web.pages.middleware.error_door.ErrorDoor",
    "uppsikt.web.pages.middleware.sent_once.SentOnce",
    "uppsikt.web.pages.middleware.kept_charts.kept_charts",
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
                "uppsikt.web.pages.frame.frame",
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
STATICFILES_DIRS = [WEB / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # files are served from where they lie in the package; nothing is collected
WHITENOISE_MAX_AGE = 3600

# A file that is too large is read past and never stored; the view tells the person.
REVIEW_MOST_BYTES = 100_000_000
LEDGER_MOST_BYTES = 500_000_000  # a file of entries
FILE_UPLOAD_HANDLERS = [
    "uppsikt.web.organisation.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# A budget of three hundred lines sends its twelve months and what they held when the page came.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

KEPT_PAGES_BYTES = 32 * 1024 * 1024  # in each process
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("UPPSIKT_HTTPS") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False}},
}
CSRF_FAILURE_VIEW = "uppsikt.web.pages.errors.csrf_failure"
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LOGIN_URL = "/logga-in/"
LOGIN_REDIRECT_URL = "/"
