"""Settings, from the environment. `docs/operating/settings.md` lists every one of them."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.csp import CSP
from environs import Env, validate

from intersession.kit.proxies import proxies_only
from intersession.site.secret import secret_key

env = Env()

HOUSE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.str("INTERSESSION_DATA_DIR", "./.data")).resolve()
DEMO = env.bool("INTERSESSION_DEMO", False)
SITE_URL = env.str("INTERSESSION_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SECRET_KEY = env.str("INTERSESSION_SECRET_KEY", "") or secret_key(DATA_DIR)
DEBUG = False
ALLOWED_HOSTS = env.list("INTERSESSION_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

ORDER = [
    "kit",
    "outbox",
    "journal",
    "jobs",
    "search",
    "people",
    "coalitions",
    "membership",
    "lists",
    "decisions",
    "outputs",
    "site",
]
"""Our apps, lowest first. The tests in tests/house hold code, keys and templates to this order."""

INSTALLED_APPS = [
    *(f"intersession.{name}" for name in reversed(ORDER)),
    "allauth",
    "allauth.account",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "intersession.kit.kept.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "intersession.kit.pages.Moment",
]
ROOT_URLCONF = "intersession.site.urls"
WSGI_APPLICATION = "intersession.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "intersession.site.frame.frame",
            ],
        },
    }
]

SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000; "
    "PRAGMA mmap_size=268435456; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
)
SQLITE_OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START}
DATABASES: dict[str, dict[str, Any]] = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR}/intersession.sqlite3")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 600
    asked: dict[str, Any] = DATABASES["default"].get("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] = {"prepare_threshold": 3, **asked}  # see kit.prepared
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "people_remembered",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    },
    "near": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
"""The default is shared by all processes, for limits of signing in; `near` is each one's own."""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "intersession.people.letters.Letters"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
TRUSTED_PROXIES: list[str] = env.list(
    "INTERSESSION_TRUSTED_PROXIES", [], subcast=str.strip, validate=proxies_only
)
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_URL.startswith("https://")
CSRF_FAILURE_VIEW = "intersession.site.views.errors.forged"
FORM_RENDERER = "intersession.kit.forms.House"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
LOCALE_PATHS = [HOUSE / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
"""Bytes of a form: a text of a million characters, each up to four bytes, typed and kept twice."""
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SITE_URL.startswith("https://") else 0

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

MAIL_HOST = env.str("INTERSESSION_MAIL_HOST", "")
MAIL_PORT = env.int("INTERSESSION_MAIL_PORT", 25)
MAIL_FROM = env.str("INTERSESSION_MAIL_FROM", "intersession <noreply@localhost>")
DEFAULT_FROM_EMAIL = MAIL_FROM
MAIL_SECURITY = env.str(
    "INTERSESSION_MAIL_SECURITY", "", validate=validate.OneOf(["", "starttls", "tls"])
)
MAIL_USER = env.str("INTERSESSION_MAIL_USER", "")
MAIL_PASSWORD = env.str("INTERSESSION_MAIL_PASSWORD", "")
MAIL_ID = env.str("INTERSESSION_MAIL_ID", "") or urlsplit(SITE_URL).hostname or "localhost"
MAIL_TRUSTED_IDS: list[str] = env.list("INTERSESSION_MAIL_TRUSTED_IDS", [])
MAIL_DELIMITER = env.str("INTERSESSION_MAIL_DELIMITER", "+")
SPAM_THRESHOLD: float | None = env.float("INTERSESSION_SPAM_THRESHOLD", None)
DKIM_SELECTOR = env.str("INTERSESSION_DKIM_SELECTOR", "intersession")
DKIM_KEY = Path(env.str("INTERSESSION_DKIM_KEY", "") or DATA_DIR / "dkim.pem")
LISTENER = env.str("INTERSESSION_LISTENER", "")
DNS: list[str] = env.list("INTERSESSION_DNS", [])
MAILERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
}
if MAIL_HOST:
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": MAIL_HOST,
            "port": MAIL_PORT,
            "username": MAIL_USER,
            "password": MAIL_PASSWORD,
            "use_tls": MAIL_SECURITY == "starttls",
            "use_ssl": MAIL_SECURITY == "tls",
            "timeout": 20,
        },
    }
CHECKPOINT_TO: list[str] = env.list("INTERSESSION_CHECKPOINT_TO", [])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "intersession.kit.logs.Short",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("INTERSESSION_LOG_LEVEL", "WARNING")},
}
