"""Every setting, in one file, driven by the environment. See docs/deploying.md for the variables."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

from config import release
from config.databases import databases

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name: str, default: str = "") -> bool:
    """Whether an environment variable says yes."""
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


def words(name: str) -> list[str]:
    """The comma-separated words of an environment variable."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def whole_number(name: str, default: int) -> int:
    """The whole number of an environment variable."""
    text = os.environ.get(name) or str(default)
    if not text.isdecimal():
        raise ImproperlyConfigured(f"Set {name} to a whole number, such as {default}; it is {text!r}.")
    return int(text)


RELEASE: release.Release = release.RELEASE
"""The version and the licences, which every surface names from here."""

DEBUG = flag("DEBUG")
PUBLIC_ONLY = flag("PUBLIC_ONLY")
"""Serve the public pages and API alone: no admin, no accounts, no way to the record."""

SECRET_KEY = os.environ.get("SECRET_KEY", "")
ALLOWED_HOSTS = words("ALLOWED_HOSTS")
if DEBUG:
    SECRET_KEY = SECRET_KEY or "only-for-development-never-for-a-server-that-others-reach"
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"]
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY to a long random text, or DEBUG=1 for development.")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names served, comma-separated, or DEBUG=1.")

CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS")
PUBLIC_URL = os.environ.get("PUBLIC_URL", "").rstrip("/")
"""Origin of absolute links, such as https://example.org; empty means that of the request."""

STAFF_URL = os.environ.get("STAFF_URL", "http://127.0.0.1:8000" if DEBUG else PUBLIC_URL).rstrip("/")
"""Origin of the staff's pages, for links in e-mails and calendars."""

TEAM_OF_ONE = flag("TEAM_OF_ONE")
"""Allow a reviewer to publish their own work, for a team that has nobody else."""


DATABASES = databases(BASE_DIR, public_only=PUBLIC_ONLY)
DATABASE_ROUTERS = ["config.router.EditionRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STAFF_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "unfold.contrib.simple_history",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "import_export",
    "django_tasks",
    "django_tasks_db",
]
INSTALLED_APPS = [
    *STAFF_APPS,
    *(
        [] if PUBLIC_ONLY else ["desk"]
    ),  # The record points to accounts, so their apps stay; nothing points to the desk.
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "simple_history",
    "corsheaders",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "jurisdictions",
    "inbox",
    "tracker",
    "snapshots",
    "seeds",
    "api",
    "dashboard",
]

MIDDLEWARE = [
    "config.middleware.PublicWallMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.ContentSecurityPolicyMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "config.busy.BusyDatabaseMiddleware",
    "config.looking_back.KnownAtMiddleware",
    "config.middleware.StaffSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.StaffCsrfViewMiddleware",
    "config.middleware.StaffAuthenticationMiddleware",
    "config.middleware.StaffMessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "config.accounts.SecondFactorMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "NAME": "staff",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "desk" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
    {
        # Public pages have an engine of their own, without the processors that open a session.
        "NAME": "public",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "dashboard" / "templates"],
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "builtins": ["django.templatetags.static"],
        },
    },
]

UNFOLD = {
    "SITE_TITLE": "Policy Tracker",
    "SITE_HEADER": "Policy Tracker",
    "SITE_SYMBOL": "account_balance",
    "STYLES": [lambda _request: static("desk/staff.css")],
    "BORDER_RADIUS": "4px",
    "SIDEBAR": {"show_search": True, "command_search": True},
    "COLORS": {
        # A quiet blue of no party, dark enough for white text on it.
        "primary": {
            "50": "oklch(97% .014 240)",
            "100": "oklch(94% .028 240)",
            "200": "oklch(88% .055 240)",
            "300": "oklch(80% .09 240)",
            "400": "oklch(70% .11 242)",
            "500": "oklch(58% .115 244)",
            "600": "oklch(48% .105 246)",
            "700": "oklch(41% .09 247)",
            "800": "oklch(35% .075 248)",
            "900": "oklch(30% .06 250)",
            "950": "oklch(22% .045 252)",
        },
    },
}
"""The staff's theme. See the documentation of django-unfold."""

LANGUAGE_CODE = "en-us"
TIME_ZONE = "America/New_York"
USE_TZ = True
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
FILES_ROOT = Path(os.environ.get("FILES_ROOT", BASE_DIR / "files"))
MEDIA_ROOT = FILES_ROOT
PUBLISHED_FILES_ROOT = Path(os.environ.get("PUBLISHED_FILES_ROOT", FILES_ROOT / "published"))
"""The documents of published sources, which the public fetches."""
SNAPSHOTS_ROOT = Path(os.environ.get("SNAPSHOTS_ROOT", PUBLISHED_FILES_ROOT / "snapshots"))
"""Snapshots of the whole edition, which the public fetches."""
EDITIONS_ROOT = Path(os.environ.get("EDITIONS_ROOT", BASE_DIR / "editions"))
"""A folder for past editions, which are made when somebody asks for them; it may be emptied at any time."""
EDITIONS_KEPT = whole_number("EDITIONS_KEPT", 8)
"""How many of them are kept, those used last. Each is about as large as the published edition."""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "config.accounts.StaffAccountAdapter"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {"login_failed": "5/15m/key,5/15m/ip"}
"""Wrong passwords and codes: five in fifteen minutes for an account (`key`), and five from an address (`ip`)."""
TRUSTED_PROXIES = whole_number("TRUSTED_PROXIES", 0)
"""Proxies in front that add to X-Forwarded-For, counted from its right end; 0 believes the connection alone."""
REQUIRE_SECOND_FACTOR = flag("REQUIRE_SECOND_FACTOR", "" if DEBUG else "1")
"""Let nobody work on the record without an authenticator app."""
MFA_TOTP_ISSUER = "Policy Tracker"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True

CACHES: dict[str, Any] = {
    # The processes of the staff count wrong passwords together, so this one is a table of the record. A public process
    # has neither.
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if PUBLIC_ONLY
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "desk_staff_cache"},
    "edition": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "edition"},
}
if CACHE_URL := os.environ.get("CACHE_URL", ""):
    # Processes share the public answers that they made. They are pickled there, so that the server must be ours alone.
    CACHES["answers"] = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}
KEPT_ANSWERS_BYTES = int(os.environ.get("KEPT_ANSWERS_MB", "64")) * 1_000_000
"""How much of public answers each process keeps in memory; with 0 it keeps none."""

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = whole_number("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Policy Tracker <policy-tracker@localhost>")
if DEBUG and "EMAIL_HOST" not in os.environ:
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

CHECK_LINKS = flag("CHECK_LINKS")
"""Fetch the addresses of sources each night, to mark those that died or changed."""

CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS"]
CORS_URLS_REGEX = r"^/api/"
CORS_EXPOSE_HEADERS = ["ETag", "Content-Disposition", "X-Dataset-Version"]

SECURE_CSP = {
    "default-src": ["'none'"],
    "style-src": ["'self'"],
    "script-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
SECURE_CSP_EMBED = {**SECURE_CSP, "frame-ancestors": ["*"]}
"""For what is made to stand in other people's pages."""
SECURE_CSP_ADMIN = {
    # The admin's theme evaluates expressions in its markup, so that the policy there cannot be strict.
    **SECURE_CSP,
    "style-src": ["'self'", "'unsafe-inline'"],
    "script-src": ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W003"]
"""Looks for Django's CsrfViewMiddleware by name; ours is a subclass, config.middleware.StaffCsrfViewMiddleware."""
if not DEBUG:
    # A proxy in front ends TLS and says so in this header; without one, answers redirect to https.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT", "1")
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "COERCE_DECIMAL_TO_STRING": True,
    "EXCEPTION_HANDLER": "api.problems.handle",
    "URL_FORMAT_OVERRIDE": None,  # `format` is a parameter of ours, and refused like any other when it is wrong.
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Policy Tracker API",
    "DESCRIPTION": (
        "Letters, policies, grants, lawsuits and their sources, as published. Open to anyone. "
        f"Licenses: {RELEASE.data} {RELEASE.code}"
    ),
    "VERSION": RELEASE.version,
    "LICENSE": {"name": RELEASE.code.name, "identifier": RELEASE.code.spdx},
    "EXTENSIONS_INFO": {
        "x-data-license": {"name": RELEASE.data.name, "identifier": RELEASE.data.spdx, "url": RELEASE.data.url}
    },
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_AUTHENTICATION": [],
    "SERVE_PERMISSIONS": [],
    "POSTPROCESSING_HOOKS": ["api.components.add_components"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
