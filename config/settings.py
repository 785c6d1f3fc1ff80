"""Every setting of Attest, in one file; what the environment may change is read once, at the top."""

from pathlib import Path

import pghistory
from csp.constants import NONE, SELF
from kombu import Exchange, Queue

from config.environment import Environment
from config.secret import kept_secret

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment()

DATA = Path(env.path("ATTEST_DATA", default=str(BASE_DIR / "var"))).resolve()
DATABASE_URL = env.database("DATABASE_URL")
BROKER_URL = env.str("CELERY_BROKER_URL", default="")
SECRET_KEY = env.str("ATTEST_SECRET_KEY", default="") or kept_secret(DATA / "secret-key")
DEBUG = env.bool("ATTEST_DEBUG", default=False)
HOSTS = env.list("ATTEST_HOSTS", default=[])
HTTPS = env.bool("ATTEST_HTTPS", default=False)
BIND = env.str("ATTEST_BIND", default="127.0.0.1")
PORT = env.int("ATTEST_PORT", default=8000)
EMAIL = env.mail("EMAIL_URL", default="consolemail://")
URL = env.str("ATTEST_URL", default="")
MAIL_FROM = env.str("ATTEST_MAIL_FROM", default="attest@localhost")
UPLOAD_MB = env.int("ATTEST_UPLOAD_MB", default=25)
IMPORT_MB = env.int("ATTEST_IMPORT_MB", default=1000)
EXPORT_DAYS = env.int("ATTEST_EXPORT_DAYS", default=30)
CLAMD_ADDRESS = env.daemon("CLAMD_ADDRESS")
LOG_LEVEL = env.str("ATTEST_LOG_LEVEL", default="WARNING")

# --- What is installed ---------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "template_partials",
    "config",
    "accounts",
    "inquiry",
    "evidence.lists",
    "evidence.documents",
    "evidence.witnesses",
    "evidence.submissions",
    "evidence.acknowledgements",
    "evidence.importing",
    "evidence.campaigns",
    "evidence.transcripts",
    "evidence.quotes",
    "evidence.tags",
    "evidence.frameworks",
    "evidence.notes",
    "evidence.together",
    "evidence.suggestions",
    "evidence.coding",
    "evidence.sessions",
    "evidence.hearing",
    "evidence.live",
    "evidence.reader",
    "evidence.review",
    "evidence.search",
    "evidence.history",
    "evidence.loading",
    "report",
    "report.readiness",
    "bench",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.again.GivenAgain",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "accounts.context.inquiry",
            ],
            "builtins": ["template_partials.templatetags.partials", "inquiry.templatetags.parts"],
        },
    }
]

FORM_RENDERER = "config.forms.Renderer"

# --- What is kept, and where ---------------------------------------------------------------------------------------

DATABASES = {
    "default": {
        **(DATABASE_URL or {"ENGINE": "config.embedded", "NAME": "attest", "USER": "attest", "FOLDER": DATA}),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
# Without it each run of a trigger asks for a setting that is not there: an error, after each of which the database
# looks through all that the transaction has still to check. See docs/benchmarks.md.
_options = DATABASES["default"].setdefault("OPTIONS", {})
_options["options"] = f"{_options.get('options', '')} -c pgtrigger.ignore={{}}".strip()

STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # No base_url that works: a file leaves only through a view that has asked who may see it.
        "OPTIONS": {
            "location": DATA / "files",
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Pages that are given again while nothing has changed, in each process that serves them. Nothing of them outlasts a
# minute, because some tell of the clock.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": 60,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
ATTEST_UPLOAD_LIMIT = UPLOAD_MB * 1024 * 1024
ATTEST_IMPORT_LIMIT = IMPORT_MB * 1024 * 1024
ATTEST_EXPORT_DAYS = EXPORT_DAYS
# A whole folder can be dropped, or imported, at once.
DATA_UPLOAD_MAX_NUMBER_FILES = 5000

# --- Language and time ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
# In English alone: nothing is looked up in another language.
USE_I18N = False
USE_TZ = True

# --- Who may come in -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# The address is unique without regard to capitals, by a constraint that this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_FORMS = {
    "login": "accounts.sign_in_forms.SignIn",
    "change_password": "accounts.sign_in_forms.ChangePassword",
    "set_password": "accounts.sign_in_forms.FirstPassword",
    "reset_password": "accounts.sign_in_forms.AskForLink",
    "reset_password_from_key": "accounts.sign_in_forms.PasswordByMail",
}
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
# Nobody can have a message sent to an address that is not known here.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = None
MFA_FORMS = {"activate_totp": "accounts.sign_in_forms.TurnOnCodes", "add_webauthn": "accounts.sign_in_forms.AddPasskey"}
MFA_ADAPTER = "accounts.adapter.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Attest"

# --- Sessions, cookies and headers ---------------------------------------------------------------------------------

ALLOWED_HOSTS = HOSTS or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS if HTTPS and host != "*"]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- History -------------------------------------------------------------------------------------------------------

PGHISTORY_APPEND_ONLY = True
PGHISTORY_DEFAULT_TRACKERS = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())

# --- Mail and messages ---------------------------------------------------------------------------------------------

# A mail server that does not answer holds up no worker.
EMAIL_TIMEOUT = 30
vars().update(EMAIL)
# Where its readers find Attest, for the links in what a worker sends.
ATTEST_URL = (URL or f"{'https' if HTTPS else 'http'}://{HOSTS[0] if HOSTS else f'localhost:{PORT}'}").rstrip("/")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "filters": {"without traceback": {"()": "config.logs.WithoutTraceback"}},
    "loggers": {
        "django": {"handlers": ["console"], "level": LOG_LEVEL, "propagate": False},
        "django.request": {"filters": ["without traceback"]},
    },
}

# --- Work that outlasts a request ----------------------------------------------------------------------------------

CELERY_BROKER_URL = BROKER_URL or "folder://localhost"
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {}
    if BROKER_URL
    else {
        "data_folder_in": str(DATA / "broker"),
        "data_folder_out": str(DATA / "broker"),
        "control_folder": str(DATA / "broker-control"),
        "polling_interval": 0.2,
    }
)
# A thousand files take minutes to read. What somebody waits for does not stand behind them: workers take from both
# queues in turn.
CELERY_TASK_QUEUES = [Queue(name, Exchange("attest"), routing_key=name) for name in ("asked-for", "reading")]
CELERY_TASK_DEFAULT_QUEUE = CELERY_TASK_DEFAULT_ROUTING_KEY = "asked-for"
CELERY_TASK_ROUTES = {f"evidence.{room}.*": {"queue": "reading"} for room in ("documents", "campaigns", "search")}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SOFT_TIME_LIMIT = 10 * 60
CELERY_TASK_TIME_LIMIT = 11 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    "pick up documents whose message was lost": {"task": "evidence.documents.tasks.sweep", "schedule": 60},
    "compare submissions that were missed": {"task": "evidence.campaigns.tasks.sweep", "schedule": 60},
    "gather the words that occur": {"task": "evidence.search.tasks.gather", "schedule": 60},
    "pick up transcripts whose message was lost": {"task": "evidence.transcripts.tasks.sweep", "schedule": 60},
    "pick up imports whose message was lost": {"task": "evidence.importing.tasks.sweep", "schedule": 60},
    "pick up acknowledgements whose message was lost": {
        "task": "evidence.acknowledgements.tasks.sweep",
        "schedule": 60,
    },
    "tell people of the notes that name them": {"task": "evidence.notes.tasks.tell", "schedule": 10 * 60},
    "forget changes that no page asks for any more": {"task": "accounts.tasks.forget_changes", "schedule": 3600},
    "pick up exports whose message was lost": {"task": "report.tasks.sweep", "schedule": 60},
    "remove files of exports that were kept long enough": {"task": "report.tasks.let_files_expire", "schedule": 3600},
}
