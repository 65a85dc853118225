"""Django's settings. Everything that differs between places comes from the environment; what the
embedded set-up needs is made on first use and kept in NEWEL_DATA."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from newel.record.config import database, place, secret_keys

_RECORD = Path(__file__).resolve().parents[1]


def _yes(name: str) -> bool:
    return os.environ.get(name, "").casefold() in {"1", "true", "yes", "on"}


DEBUG = False
NEWEL_DEMO = _yes("NEWEL_DEMO")
NEWEL_TESTS = _yes("NEWEL_TESTS")
_BEHIND_TLS = not (NEWEL_DEMO or NEWEL_TESTS or _yes("NEWEL_PLAIN_HTTP"))

SECRET_KEY = secret_keys.django_key()
NEWEL_AUDIT_KEY = secret_keys.audit_key()
NEWEL_AUDIT_HEADS = place.audit_heads(database.name())
NEWEL_WORDING = place.wording()

ALLOWED_HOSTS = os.environ.get("NEWEL_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("NEWEL_ORIGINS", "").split(",") if o]

INSTALLED_APPS = [
    "newel.record.demo",
    "newel.record.overview",
    "newel.record.stairs.activators",
    "newel.record.stairs.scoping",
    "newel.record.outcomes",
    "newel.record.children",
    "newel.record.establishments",
    "newel.record.access",
    "newel.record.design_system",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "newel.record.config.health.AnswerHealth",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newel.record.design_system.middleware.keep_words_redirect",
    "newel.record.access.middleware.RecordTransaction",
    "newel.record.outcomes.surveys.middleware.KnowNobody",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newel.record.access.middleware.NameTheActor",
    "newel.record.access.sign_in.middleware.EndIdleSessions",
    "newel.record.outcomes.middleware.TakeBackOnSignIn",
    "newel.record.access.sign_in.middleware.HoldForms",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "newel.record.access.sign_in.middleware.RequireSecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "newel.record.access.sign_in.saved_once.SaveOnce",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "newel.record.config.urls"
WSGI_APPLICATION = "newel.record.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_RECORD / "design_system" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "newel.record.design_system.jinja.environment"},
    },
]

DATABASES = {
    "default": database.settings_for(database.role()),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "access_cache",
        # Beyond this, entries are thrown away, and the wrong tries at signing in are among them.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "access.StaffMember"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]

LOGIN_URL = "demo:people" if NEWEL_DEMO else "account_login"
LOGIN_REDIRECT_URL = "overview:home"
LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "newel.record.access.sign_in.adapters.NewelAccounts"
MFA_ADAPTER = "newel.record.access.sign_in.adapters.NewelSecondFactor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
# A whole setting may sit behind one address: one person's wrong tries must not shut out the rest.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "100/5m/ip,5/5m/key",
    "wrong_link": "100/5m/ip",
}
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
# A whole shift signs in within minutes, from behind one address.
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not _BEHIND_TLS

SESSION_COOKIE_NAME = "newel_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _BEHIND_TLS
NEWEL_IDLE_MINUTES = int(os.environ.get("NEWEL_IDLE_MINUTES", "20"))
SECURE_HSTS_SECONDS = 31536000 if _BEHIND_TLS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _BEHIND_TLS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Behind how many proxies: whose word for the visitor's address is believed, for the rate limits.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("NEWEL_PROXIES", "1" if _BEHIND_TLS else "0"))
CSRF_FAILURE_VIEW = "newel.record.access.sign_in.views.form_too_old"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
STATIC_URL = "/static/"
STATICFILES_DIRS = [place.built() / "static"]
STATIC_ROOT = place.built() / "collected"
NEWEL_PRINT_FONTS = place.built() / "fonts"
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if NEWEL_TESTS
        else "newel.record.design_system.storage.FingerprintedFiles"
    },
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# A list of 400 lines has ten boxes a line. A file of the size that is taken never touches the disk.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# What the front page of a record says first, from rooms above it.
NEWEL_CHILD_NOTICES = "newel.record.outcomes.presenters.talks.notices_for_child"
NEWEL_WATCH_NOTICES = "newel.record.outcomes.presenters.talks.notices_for_watch"
NEWEL_CHROME = "newel.record.overview.chrome.chrome"
NEWEL_FORM_EXTRAS = "newel.record.access.sign_in.saved_once.form_extras"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
