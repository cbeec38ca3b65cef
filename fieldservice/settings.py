"""Everything that a company sets comes from environment variables; the README's table lists each of them."""

import secrets
from pathlib import Path

from csp.constants import NONCE, SELF
from environs import Env

from .logs import configuration

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "var")))
DATA_DIR.mkdir(parents=True, exist_ok=True)
DEBUG = env.bool("DEBUG", False)
PRODUCTION = env.bool("PRODUCTION", False)
LOGGING = configuration(env.str("LOG_LEVEL", "INFO"))


def _secret_key():
    """Made once and kept beside the data, so that a first run needs no configuration."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(60))
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", "") or _secret_key()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "conduct.apps.ConductConfig",
    "visits.apps.VisitsConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "drf_spectacular",
    "csp",
]

MIDDLEWARE = [
    "fieldservice.logs.RequestLine",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "conduct.people.middleware.Sessions",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "conduct.people.middleware.PersonalSettings",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "conduct.base.middleware.ZeroBytes",
    "conduct.company.middleware.SecondFactor",
    "conduct.devices.middleware.RevokedDevices",
    "visits.signoff.middleware.SignMode",
    "conduct.base.middleware.MissedBells",
    "conduct.base.middleware.DomainErrors",
]

# Measures for Prometheus are kept when there is a folder that all processes of the web server share.
PROMETHEUS_MULTIPROC_DIR = env.str("PROMETHEUS_MULTIPROC_DIR", "")
METRICS_ADDRESSES = env.list("METRICS_ADDRESSES", ["127.0.0.1", "::1"])
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
if PROMETHEUS_MULTIPROC_DIR:
    Path(PROMETHEUS_MULTIPROC_DIR).mkdir(parents=True, exist_ok=True)
    MIDDLEWARE = [
        "django_prometheus.middleware.PrometheusBeforeMiddleware",
        *MIDDLEWARE,
        "django_prometheus.middleware.PrometheusAfterMiddleware",
    ]

ROOT_URLCONF = "fieldservice.urls"
WSGI_APPLICATION = "fieldservice.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "conduct.people.context.may",
            ]
        },
    }
]

SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
}
DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'fieldservice.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}  # in memory it would have other locks
else:
    DATABASES["default"].update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
    # Pages follow many foreign keys from a few rows: planning ten joins in every order cost more than running them.
    DATABASES["default"]["OPTIONS"] = {"options": "-c join_collapse_limit=4"} | DATABASES["default"].get("OPTIONS", {})

# Rate limits count here; with Django's 300 rows a flood of addresses would push them out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    # Of one process: pieces of pages that are the same for everybody of the same roles.
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
PROXY_COUNT = env.int("PROXY_COUNT", 1 if PRODUCTION else 0)
AUTH_USER_MODEL = "conduct.Staff"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "conduct.people.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_FORMS = {"login": "conduct.people.sign_in.SignInForm"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# What opens without a network: (pattern of an address, its shell), and the files that the shells need.
OFFLINE_PAGES = [
    (r"^/visits/[^/]+/record/$", "records:shell"),
    (r"^/visits/[^/]+/sign/$", "signoff:shell"),
    (r"^/visits/[^/]+/ready/$", "laptop:ready_shell"),
    (r"^/queue/$", "laptop:queue_shell"),
]
OFFLINE_FILES = [
    "js/base.js", "js/cookie.js", "js/menu.js", "js/records.js", "js/signoff.js", "js/queue.js", "js/ready.js", "js/laptop/*.js", "js/rules/*.js", "js/records/*.js", "js/signoff/*.js",
    "vendor/idb/*.js", "vendor/uuid/v7.js", "vendor/uuid/rng.js", "vendor/uuid/stringify.js", "vendor/uuid/validate.js",
    "vendor/uuid/regex.js", "vendor/canonicalize/*.js", "vendor/signature_pad/*.js", "vendor/tabler/*.css",
    "css/app.css", "css/laptop.css", "img/*",
]  # fmt: skip
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "fieldservice.staticfiles.Storage"},
}
MEDIA_ROOT = DATA_DIR / "files"
KEYS_DIR = DATA_DIR / "keys"
OUTBOX_FOLDER = DATA_DIR / "outbox"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024  # a signed package with its stamp

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Ways out of the house. An ordered list of channels a kind; the folders need nothing and are the default.
MAIL_CHANNELS = env.list("MAIL_CHANNELS", ["mail_folder"])
FAX_CHANNELS = env.list("FAX_CHANNELS", ["fax_folder"])
MAIL_FROM = env.str("MAIL_FROM", "service@localhost")
SMTP_HOST = env.str("SMTP_HOST", "")
SMTP_PORT = env.int("SMTP_PORT", 25)
SMTP_USER = env.str("SMTP_USER", "")
SMTP_PASSWORD = env.str("SMTP_PASSWORD", "")
SMTP_TLS = env.str("SMTP_TLS", "")
SMTP_CONNECT_SECONDS = 15
BOUNCE_IMAP_HOST = env.str("BOUNCE_IMAP_HOST", "")
BOUNCE_IMAP_PORT = env.int("BOUNCE_IMAP_PORT", 993)
BOUNCE_IMAP_USER = env.str("BOUNCE_IMAP_USER", "")
BOUNCE_IMAP_PASSWORD = env.str("BOUNCE_IMAP_PASSWORD", "")
BOUNCE_IMAP_TLS = env.bool("BOUNCE_IMAP_TLS", True)
SMTP_TALK_SECONDS = 60
HYLAFAX_HOST = env.str("HYLAFAX_HOST", "")
HYLAFAX_PORT = env.int("HYLAFAX_PORT", 4559)
HYLAFAX_USER = env.str("HYLAFAX_USER", "fieldservice")
HYLAFAX_PASSWORD = env.str("HYLAFAX_PASSWORD", "")

# A trusted clock for the seals of papers (RFC 3161).
WEBHOOK_NETWORKS = env.list("WEBHOOK_NETWORKS", [])
TSA_URL = env.str("TSA_URL", "")
TSA_USER = env.str("TSA_USER", "")
TSA_PASSWORD = env.str("TSA_PASSWORD", "")
TSA_ROOTS = env.str("TSA_ROOTS", "")

# Celery is a doorbell: rows in the database say what is to be done, tasks only carry them.
CELERY_BROKER_URL = env.str("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_timeout": 3, "socket_connect_timeout": 3, "visibility_timeout": 600}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 150
CELERY_TASK_TIME_LIMIT = 180
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat")
CELERY_BEAT_SCHEDULE = {
    "outbox.sweep": {"task": "outbox.sweep", "schedule": 30},
    "outbox.bounces": {"task": "outbox.bounces", "schedule": 120},
    "outbox.poll": {"task": "outbox.poll", "schedule": 15},
    "papers.sweep": {"task": "papers.sweep", "schedule": 30},
    "papers.stamp": {"task": "papers.stamp", "schedule": 300},
    "notices.mail": {"task": "notices.mail", "schedule": 60},
    "handwriting.look": {"task": "handwriting.look", "schedule": 300},
    "breaches.look": {"task": "breaches.look", "schedule": 300},
    "violations.remind": {"task": "violations.remind", "schedule": 900},
    "packs.look": {"task": "packs.look", "schedule": 600},
    "tally.fold": {"task": "tally.fold", "schedule": 60},
    "notices.trail_head": {"task": "notices.trail_head", "schedule": 3600},
    "recurring.make": {"task": "recurring.make", "schedule": 600},
    "spares.remind": {"task": "spares.remind", "schedule": 3600},
    "retention.erase": {"task": "retention.erase", "schedule": 6 * 3600},
    "sync.watch": {"task": "sync.watch", "schedule": 300},
    "trail.seal": {"task": "trail.seal", "schedule": 60},
    "repairs.remind": {"task": "repairs.remind", "schedule": 60},
    "rounds.make": {"task": "rounds.make", "schedule": 600},
    "preparations.remind": {"task": "preparations.remind", "schedule": 900},
    "hooks.look": {"task": "hooks.look", "schedule": 15},
    "changes.remind": {"task": "changes.remind", "schedule": 3600},
    "trips.remind": {"task": "trips.remind", "schedule": 3600},
    "postponements.remind": {"task": "postponements.remind", "schedule": 3600},
    "projects.remind": {"task": "projects.remind", "schedule": 3600},
    "complaints.remind": {"task": "complaints.remind", "schedule": 600},
    "escalations.remind": {"task": "escalations.remind", "schedule": 60},
    "points.remind": {"task": "points.remind", "schedule": 600},
    "promises.remind": {"task": "promises.remind", "schedule": 900},
    "repairs.close": {"task": "repairs.close", "schedule": 3600},
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

# Cookies, headers and the content policy.
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
LANGUAGE_COOKIE_SAMESITE = SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False
if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # probes come without TLS, from inside
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "connect-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Field service",
    "VERSION": "1",
    "DESCRIPTION": (
        "Web hooks: a subscriber gets a POST of {id, event, at, number, url} for each event it asked for. X-Webhook-Signature is "
        "sha256=HMAC-SHA256(secret, X-Webhook-Timestamp + '.' + body). Any 2xx is a receipt; the same id may come twice."
    ),
}
