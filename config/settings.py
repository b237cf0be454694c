"""All settings, from the environment. Every variable is explained in docs/settings.md."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var")))

DEMO = env.flag("REDRESS_DEMO", default=False)
DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
# Earlier keys: what they signed and encrypted is still read.
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
PUBLIC_URL = env.text("PUBLIC_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "config",
    "users",
    "evidence",
    "regimes",
    "deadlines",
    "notifications",
    "platforms",
    "screening",
    "notices",
    "measures",
    "counternotices",
    "casework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "config.middleware.RefuseNul",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "users.middleware.OwnLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "users.middleware.StaffSecondFactor",
    "config.middleware.TellErrors",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "config.forms.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "config.context.house",
            ],
        },
    }
]

# Everything but migrations runs as redress_app, which owns nothing. Only `manage.py prepare` and the
# tests' set-up are given the owner's address.
DATABASES = {
    "default": env.database("DATABASE_URL") | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
if OWNER_URL := env.text("DATABASE_OWNER_URL", ""):
    DATABASES["owner"] = env.database("DATABASE_OWNER_URL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STORAGE_URL = env.text("STORAGE_URL", (DATA_DIR / "files").as_uri())
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# People and sign-in
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_ADAPTER = "users.adapter.AccountAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
STAFF_MFA_REQUIRED = env.flag("STAFF_MFA_REQUIRED", default=not DEMO)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/after-sign-in/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_AGE = 12 * 60 * 60

# Languages and time: stored as UTC, each pack names the law's zone, TIME_ZONE is only for showing.
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True

# The browser may load our own things and nothing else; no inline script, no inline style.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PUBLIC_URL.startswith("https://") and env.flag("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if PUBLIC_URL.startswith("https://") else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = bool(SECURE_HSTS_SECONDS)
if env.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = env.number("UPLOAD_MAX_BYTES", 50 * 1024 * 1024)

# E-mail: a folder of messages unless a server is named.
EMAIL_URL = env.text("EMAIL_URL", (DATA_DIR / "mail").as_uri())
DEFAULT_FROM_EMAIL = env.text("FROM_EMAIL", "notices@localhost")

# Celery: at least once, small prefetch. Recovery never rests on redelivery (see docs/decisions).
CELERY_BROKER_URL = env.text("BROKER_URL", "memory://")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 300
# What may take minutes has a queue and workers of its own: a clock never waits behind a paper.
CELERY_TASK_ROUTES = {
    name: {"queue": "papers"}
    for name in (
        "casework.export",
        "casework.sweep",
        "config.demo",
        "measures.matches",
        "measures.verify",
        "notices.issue_receipt",
        "notices.look_up_items",
        "notices.read_kin",
        "notices.sweep",
    )
} | {
    # Waits for other people's machines: threads of its own, so that nothing waits behind a slow one.
    "notifications.deliver_webhooks": {"queue": "webhooks"}
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,  # longer than the longest task, an export
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_TIMEZONE = "UTC"

# What stands beside us
GUARD_URL = env.text("GUARD_URL", "http://127.0.0.1:8010")
# The key for the guard, by which a prompt block is tested as any service of the platform would ask.
GUARD_TOKEN = env.text("GUARD_TOKEN", "")
PLATFORM_SLUG = env.text("PLATFORM_SLUG", "sandbox")
PLATFORM_NAME = env.text("PLATFORM_NAME", "Sandbox")
PLATFORM_URL = env.text("PLATFORM_URL", "http://127.0.0.1:8020")
PLATFORM_KEY = env.text("PLATFORM_KEY", "")
# How long one exchange with the platform may take.
PLATFORM_TIMEOUT_SECONDS = env.number("PLATFORM_TIMEOUT_SECONDS", 10)
# Where the platform's public pages lie, beside PLATFORM_URL: only these hosts are ever asked.
PLATFORM_PUBLIC_HOSTS = env.words("PLATFORM_PUBLIC_HOSTS")
# How long an attempt to carry out a measure may last before the sweep takes it for dead. Longer than
# PLATFORM_TIMEOUT_SECONDS, or two attempts overlap (which the key makes harmless).
MEASURE_LEASE_SECONDS = env.number("MEASURE_LEASE_SECONDS", 30)
# How long a claimed delivery is left alone: longer than the 15 s a call may take.
WEBHOOK_LEASE_SECONDS = env.number("WEBHOOK_LEASE_SECONDS", 30)
# Endpoints inside the operator's own network, and plain http: for the demo, tests and closed networks.
WEBHOOK_PRIVATE_ADDRESSES = env.flag("WEBHOOK_PRIVATE_ADDRESSES", default=DEMO)
# A measure that the platform has not confirmed for so long is an alarm with an owner.
MEASURE_CONFIRM_MINUTES = env.number("MEASURE_CONFIRM_MINUTES", 15)
# A prompt rule that would stop more than so many of a thousand recent prompts needs a second person.
RULE_SECOND_PERSON_PER_MILLE = env.number("RULE_SECOND_PERSON_PER_MILLE", 1)
# So many prompts of one user that met the same rule, within so many hours, are shown to staff as a sign.
INDUCEMENT_PROMPTS = env.number("INDUCEMENT_PROMPTS", 5)
INDUCEMENT_HOURS = env.number("INDUCEMENT_HOURS", 24)
# The rule feed and lists for other providers are signed with this Ed25519 key (32 bytes in base64); without
# it with one derived from SECRET_KEY. Lists are taken from these providers: {"Brush AI": "<public key>"}.
FEED_SIGNING_KEY = env.text("FEED_SIGNING_KEY", "")
FEED_PROVIDERS = env.text("FEED_PROVIDERS", "")
# How long an upstream provider has to acknowledge a measure that was passed on to it.
UPSTREAM_ACKNOWLEDGE_HOURS = env.number("UPSTREAM_ACKNOWLEDGE_HOURS", 72)
# Within how many hours a person should decide on a match of the output check.
MATCH_DECIDE_HOURS = env.number("MATCH_DECIDE_HOURS", 48)
SANCTION_APPEAL_DAYS = env.number("SANCTION_APPEAL_DAYS", 14)
# Model-optimisation tickets: how long the engineers have, and how their probes are asked and judged.
TICKET_DAYS = env.number("TICKET_DAYS", 30)
PROBE_SEEDS = env.number("PROBE_SEEDS", 2)
PROBE_ADVERSARIAL_PERCENT = env.number("PROBE_ADVERSARIAL_PERCENT", 10)
PROBE_LOOK_MINUTES = env.number("PROBE_LOOK_MINUTES", 10)
# Tickets are told to GitHub Issues where a repository is named.
GITHUB_API_URL = env.text("GITHUB_API_URL", "https://api.github.com")
GITHUB_REPOSITORY = env.text("GITHUB_REPOSITORY", "")
GITHUB_TOKEN = env.text("GITHUB_TOKEN", "")
REGIMES = env.words("REGIMES", "cn-civil-code")
# Which packs apply where: {"storage:EU": ["eu-dsa-platform"], "generation": [...]}; else REGIMES.
SURFACE_REGIMES = env.text("SURFACE_REGIMES", "")
TRAINING_REGIMES = env.words("TRAINING_REGIMES", "eu-gpai-complaint")
REGIME_OVERRIDES = env.text("REGIME_OVERRIDES", "")
PACKS_DIR = env.text("PACKS_DIR", "")
OPERATOR_NAME = {
    "en": env.text("OPERATOR_NAME_EN", "Acme AI"),
    "zh-Hans": env.text("OPERATOR_NAME_ZH", "示例智能"),
}
PRODUCT_NAME = _("Redress")

DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["users.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["config.parsers.CarefulJSON"],
    "EXCEPTION_HANDLER": "config.problems.answer",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Redress",
    "DESCRIPTION": "File a notice, follow it, acknowledge measures.",
    "VERSION": "1",
    "SERVE_PERMISSIONS": [],
    "SERVE_AUTHENTICATION": [],
    "ENUM_NAME_OVERRIDES": {
        "MeasureState": "measures.states.MeasureState",
        "AcknowledgedState": ["applied", "accepted", "lifted"],
        "WebhookEndpointState": ["enabled", "disabled", "removed"],
        "WebhookDeliveryState": ["waiting", "delivered", "failed"],
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_tokens": {"()": "config.logs.WithoutTokens"}},
    "handlers": {
        "out": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_tokens"],
        }
    },
    "root": {"handlers": ["out"], "level": "INFO"},
    # The tokens hold rules for screens that the PDF engine does not know and says so each time.
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
        # Gunicorn's own line holds path and referrer: it goes out through our handler and its filter.
        "gunicorn.access": {"handlers": ["out"], "level": "INFO", "propagate": False},
    },
}
