"""Settings of the portal: one file, typed readers of the environment, safe without any of it on a laptop.

PORTAL_MODE decides how strict the start is: `production` (the default) refuses to start without SECRET_KEY and
ALLOWED_HOSTS; `demo` and `test` run on this machine alone and need nothing.
"""

from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
MODE = env.str("PORTAL_MODE", default="production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"PORTAL_MODE is {MODE!r}; use production, demo or test.")
LOCAL = MODE != "production"

SECRET_KEY = env.str("SECRET_KEY", default="only-for-this-machine" if LOCAL else environ.Env.NOTSET)
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "testserver"] if LOCAL else [])
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names of the portal, separated by commas.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "clusterportal",
    "finance",
    "outcomes",
    "meetings",
    "initiatives",
    "allauth",
    "allauth.account",
    "django_filters",
    "django_tables2",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "simple_history",
    "csp",
    "django.contrib.admin",
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
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "clusterportal.address.NulMiddleware",
    "clusterportal.people.language.LanguageMiddleware",
    "clusterportal.help.refusals.LoginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "clusterportal.urls"
WSGI_APPLICATION = "clusterportal.wsgi.application"

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
                "clusterportal.context.portal",
            ],
        },
    }
]

# Widgets carry the design system's classes: templates/django/forms.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# Messages wait in the session, so that the portal sets no other cookies than the privacy page names.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Databases: SQLite without any set-up, PostgreSQL by DATABASE_URL.
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'portal.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE makes a transaction take the write lock when it begins, so that two writers wait for each other
    # instead of one failing in the middle.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # What PostgreSQL is told of the machine: reading here and there costs little where the data fits in memory, and
    # compiling a query takes longer than any page's query does.
    DATABASES["default"]["OPTIONS"] = {"options": "-c random_page_cost=1.1 -c jit=off"}
    # A kept connection of a test's live server would hinder the test database's removal.
    DATABASES["default"]["CONN_MAX_AGE"] = 0 if MODE == "test" else 60
    # A page's queries take milliseconds; compiling them first, as their estimates suggest, takes seconds.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
# SQLite has no covering indexes; there the ledger's index is a plain one.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The initiative's page belongs to the composition root; lower layers reach it through get_absolute_url().
ABSOLUTE_URL_OVERRIDES = {
    "initiatives.initiative": lambda initiative: reverse(
        "portfolio:initiative", args=[initiative.cluster.slug, initiative.address]
    )
}

# The cluster funds of an initiative on a day, for the row that the status form previews.
INITIATIVE_FUNDS = "clusterportal.portfolio.funds.total_funds"

# Who has chosen to be told of an initiative's comments and statuses.
INITIATIVE_FOLLOWERS = "clusterportal.portfolio.following.followers_of"

# For a row of memberships, whether its user has initiatives of their own to be led to.
HAS_OWN_INITIATIVES = "clusterportal.portfolio.following.has_own"

# Login: local accounts, created by an administrator; nobody signs up.
AUTH_USER_MODEL = "initiatives.User"
AUTHENTICATION_BACKENDS = ["clusterportal.accounts.AccountBackend"]
PASSWORD_HASHERS = [
    # Argon2 is slow on purpose; a test that logs in many times need not be.
    *(["django.contrib.auth.hashers.MD5PasswordHasher"] if MODE == "test" else []),
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "clusterportal.accounts.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
# allauth counts failed logins in the cache, so every web process must share one.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}

SESSION_COOKIE_HTTPONLY = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not LOCAL
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "clusterportal.help.refusals.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        # dkfds' own style sheet carries its icons as data URLs.
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LANGUAGE_CODE = "da"
LANGUAGE_COOKIE_SECURE = not LOCAL
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
# Thousand separators come from initiatives.danish: Django's own would print the year 2026 as 2.026.
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
WHITENOISE_USE_FINDERS = LOCAL
# A test makes many clients; each would read the whole list of static files when it starts.
WHITENOISE_AUTOREFRESH = MODE == "test"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    if MODE == "test"
    else {
        "BACKEND": "initiatives.storage.WholeFileStorage",
        "OPTIONS": {"location": env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "files"))()},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# A mail server that does not answer must not hold up a page.
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="klyngeportalen@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # A refused page is the portal at work, not a fault with a traceback.
    "loggers": {"django.request": {"level": "ERROR"}},
}

DJANGO_TABLES2_TEMPLATE = "partials/table.html"

# Why something was changed is kept whole; the history's own column would hold 100 characters.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

# The portal's own settings.
# Address of the organisation's declaration in the national register of accessibility declarations.
ACCESSIBILITY_STATEMENT_URL = env.str("ACCESSIBILITY_STATEMENT_URL", default="")
# Whom a reader may write to; shown in the footer and on pages that refuse something.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="")
# A status older than this many days is called old in lists.
STATUS_STALE_DAYS = env.int("STATUS_STALE_DAYS", default=90)
# A group of fewer people than this is shown to the cluster's coordinators and secretariat alone.
SMALL_NUMBER_LIMIT = env.int("SMALL_NUMBER_LIMIT", default=5)
# With fewer cases than this behind a mean or a share, the results page says that few people can move it.
RESULTS_FEW_CASES = env.int("RESULTS_FEW_CASES", default=20)
# Largest file that may be added, in megabytes.
ATTACHMENT_MAX_MB = env.int("ATTACHMENT_MAX_MB", default=50)
# Where the portal is found, for links in e-mails that no request asked for.
PORTAL_URL = env.str("PORTAL_URL", default="http://127.0.0.1:8000" if LOCAL else f"https://{ALLOWED_HOSTS[0]}")
# Most that a report's rendering process may allocate, in megabytes.
REPORT_MEMORY_MB = env.int("REPORT_MEMORY_MB", default=1500)
# Seconds that one rendering may take before it is stopped.
REPORT_TIMEOUT_S = env.int("REPORT_TIMEOUT_S", default=300)
# Seconds without a sign of life after which a report's worker is taken for dead, and the report taken up again.
REPORT_LEASE_S = env.int("REPORT_LEASE_S", default=30)
