"""Django settings: one file, shaped by the environment through `config.env`."""

from datetime import timedelta
from pathlib import Path

import django_stubs_ext
from redis.backoff import NoBackoff
from redis.retry import Retry

from api.limits import limits_from
from config import env, servers
from config.data_keys import data_keys
from diary.channels.factory import ChannelSettings
from diary.domain.consents import asked_from
from diary.domain.retention import retention_from
from diary.domain.thresholds import thresholds_from

django_stubs_ext.monkeypatch()  # lets `QuerySet[Episode]` and the like hold at run time

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.env_bool("DEBUG", default=False)
SECRET_KEY = env.secret_key()
SECRET_KEY_FALLBACKS = env.env_secret("SECRET_KEY_FALLBACKS", default="").split()
DATA_KEYS = data_keys()
ADMIN_HOST = env.admin_host()
ALLOWED_HOSTS = [*env.allowed_hosts(), *([ADMIN_HOST] if ADMIN_HOST else [])]

DATABASES = servers.databases()
REDIS_URL = servers.redis_url()

INSTALLED_APPS = [
    "diary",  # first: its mail templates come before those of allauth
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.headless",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "reports",
]
MIDDLEWARE = [
    "api.security_headers.SecurityHeadersMiddleware",  # around all: no answer goes without
    "api.staff.host.StaffHostMiddleware",  # a host with routes of its own
    "api.request_id.RequestIdMiddleware",  # then: every answer has an id and is never cached
    "api.observing.ObservingMiddleware",
    "api.access_log.AccessLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "api.admission.AdmissionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = False
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hant", "\u7e41\u9ad4\u4e2d\u6587")]
TIME_ZONE = "UTC"  # the server's zone must never decide a diary day
USE_TZ = True
USE_I18N = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = True  # the few files of the docs page, without a collectstatic step

# Accounts: see docs/configuration.md for each.
AUTH_USER_MODEL = "diary.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email",)},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_ENGINE = "diary.models.sessions"
SESSION_COOKIE_AGE = int(timedelta(days=90).total_seconds())  # idle: a phone may lie in a drawer
SESSION_ABSOLUTE_AGE = timedelta(days=365)
DEVICE_SEEN_EVERY = timedelta(hours=1)
PUBLIC_URL = env.env_origin("PUBLIC_URL")
APP_LINK_BASE = env.env_str("APP_LINK_BASE", default="quiver://account")
HEADLESS_ONLY = True
HEADLESS_CLIENTS = ("app",)
HEADLESS_SERVE_SPECIFICATION = False
HEADLESS_TOKEN_STRATEGY = "allauth.headless.tokens.strategies.sessions.SessionTokenStrategy"  # noqa: S105 - a class path
HEADLESS_FRONTEND_URLS = {
    "account_confirm_email": f"{APP_LINK_BASE}/verify-email/{{key}}",
    "account_reset_password": f"{APP_LINK_BASE}/reset-password",
    "account_reset_password_from_key": f"{APP_LINK_BASE}/reset-password/{{key}}",
    "account_signup": f"{APP_LINK_BASE}/sign-up",
}
ACCOUNT_ADAPTER = "config.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
FAILED_SIGN_IN_LOCK_SECONDS = 300
ACCOUNT_RATE_LIMITS = {
    "login_failed": f"10/m/ip,5/{FAILED_SIGN_IN_LOCK_SECONDS}s/key",
    "signup": "20/m/ip,200/d/ip",
    "share_open": "20/m/ip",  # beside the five wrong PINs that a link has
}
# An address in a header that a client can write itself would let anybody around the limits.
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = env.env_str("TRUSTED_CLIENT_IP_HEADER", default="") or None
MFA_ADAPTER = "config.accounts.EncryptingMFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = "Quiver"
# The forms of the staff site; nothing else has a cookie of Django's or a form it checks.
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_AGE = None  # until the browser is closed
CSRF_TRUSTED_ORIGINS = [f"https://{ADMIN_HOST}"] if ADMIN_HOST else []  # behind a proxy for TLS
CSRF_FAILURE_VIEW = "api.staff.views.stale_form"
PASSKEY_APP_ORIGINS = env.env_list("PASSKEY_APP_ORIGINS", default=[])

EMAIL_BACKEND = env.env_str("EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
EMAIL_FILE_PATH = env.env_str("EMAIL_FILE_PATH", default=str(BASE_DIR / ".data" / "mail"))
EMAIL_HOST = env.env_str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.env_int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.env_str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.env_secret("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.env_bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.env_str("DEFAULT_FROM_EMAIL", default="Quiver <quiver@localhost>")

# The ways out to people; without a key, an account or a sender that way does not exist.
CHANNELS = ChannelSettings(
    vapid_private_key=env.env_secret("VAPID_PRIVATE_KEY", default=""),
    vapid_subject=env.env_str("VAPID_SUBJECT", default=""),
    fcm_service_account=env.env_object("FCM_SERVICE_ACCOUNT") or None,
    mail_sender=DEFAULT_FROM_EMAIL,
    allowed_hosts=frozenset(env.env_list("PUSH_ALLOWED_HOSTS", default=[])),
    ports=frozenset(env.env_ints("PUSH_PORTS", default=[443])),
    ca_file=env.env_str("PUSH_CA_FILE", default=""),
)

OUTBOX_NUDGE = "api.nudge.give_outbox"  # called when something to tell was committed

# allauth counts failed sign-ins in the default cache: all processes must share it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "quiver-cache",
        # Away means away: the client's own retries would hold a sign-in for six seconds.
        "OPTIONS": {
            "retry": Retry(NoBackoff(), 0),
            "socket_connect_timeout": 2,
            "socket_timeout": 2,
        },
    },
    # Of each process: what devices and persons sent lately; who was quiet longest makes room.
    "memory": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
LIMITS = limits_from(env.env_object("LIMITS"))

# The diary
LOOK_LEASE = env.env_seconds("LOOK_LEASE", default=timedelta(minutes=5))
LOOK_BATCH = env.env_int("LOOK_BATCH", default=100)
RULE_THRESHOLDS = thresholds_from(env.env_object("RULE_THRESHOLDS"))
SAMPLE_DIARY_ALLOWED = DEBUG or env.uses_embedded_database()  # an account nobody asked for

# What a person may ask of what is kept about them
ERASURE_GRACE = env.env_seconds("ERASURE_GRACE", default=timedelta(days=14))
CONSENTS_ASKED = asked_from(env.env_object("CONSENTS_ASKED"))
RETENTION = retention_from(env.env_object("RETENTION_DAYS"))
ERASURE_LIST = env.env_str("ERASURE_LIST", default=str(BASE_DIR / ".data" / "erasures.jsonl"))

API_DOCS = env.env_bool("API_DOCS", default=False)
MINIMUM_APP_VERSION = env.env_str("MINIMUM_APP_VERSION", default="")
PROBLEM_TYPE_BASE = env.env_str("PROBLEM_TYPE_BASE", default="https://quiver.example/docs/errors")
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["api.authentication.PhoneSessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["api.renderers.CompiledJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.parsers.BoundedJSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["api.throttling.DeviceThrottle"],
    "EXCEPTION_HANDLER": "api.problems.exception_handler",
    "DEFAULT_SCHEMA_CLASS": "api.schema.ContractSchema",
    "NUM_PROXIES": 0,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Quiver",
    "DESCRIPTION": (
        "A symptom diary for people whose face, lip or eyelid twitches. It is not a medical device,"
        " it does not diagnose, and nobody reads it live."
    ),
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "LICENSE": {"name": "Apache-2.0"},
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "SORT_OPERATIONS": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["api.schema.share_components"],
}

# Health data never reaches a log: requests are logged by route, status and time (`quiver.access`),
# and crashes by `quiver.problems` with request id, exception class and place.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"chosen": {"()": "config.logs.formatter"}},
    "filters": {"exceptions_by_class": {"()": "config.logs.ExceptionsByClass"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "chosen",
            "filters": ["exceptions_by_class"],
        }
    },
    "root": {"handlers": ["console"], "level": env.env_str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "CRITICAL"},
        # A line for each sweep that was sent, taken and ended would hide all others.
        "celery.app.trace": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}

TRACES_ENDPOINT = env.traces_endpoint()
METRICS_DIR = env.metrics_folder()
METRICS_TOKEN = env.env_secret("METRICS_TOKEN", default="")
METRICS_ADDRESS = env.metrics_address()

SECURE_HSTS_SECONDS = env.env_int("HSTS_SECONDS", default=env.hsts_seconds(PUBLIC_URL))
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_SECURE = True  # phones have no cookies; whatever sets one does so for HTTPS
SILENCED_SYSTEM_CHECKS = [
    "security.W003",  # requests are known by a header that no other site can send, not by cookies
    "security.W008",  # the proxy leads to HTTPS; an API answers plain HTTP with no redirect
    "security.W021",  # whether a domain is preloaded is the decision of its owner
]
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"
