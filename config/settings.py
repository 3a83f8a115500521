"""Every setting of Retainer; what differs between installations comes from the environment."""

from pathlib import Path

import pghistory
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from config import env

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("DEBUG", default=False)
_DEVELOPMENT_SECRET = "development-only-secret-that-never-leaves-this-checkout-0123456789"
SECRET_KEY = env.text("SECRET_KEY", _DEVELOPMENT_SECRET)
if not DEBUG and SECRET_KEY == _DEVELOPMENT_SECRET:
    raise ImproperlyConfigured("Set SECRET_KEY in the environment: the default one is for DEBUG=1 alone.")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
if not DEBUG and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set ALLOWED_HOSTS in the environment: without it, no request is answered.")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", [])

INSTALLED_APPS = [
    "core",
    "customers",
    "billing",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "config.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.session_over.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.signed_in.SignedInMiddleware",
    "core.time_zone.TimeZoneMiddleware",
    "core.middleware.HistoryMiddleware",
    "core.errors.TroubleMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context_processors.frame",
            ],
        },
    }
]

FORM_RENDERER = "core.renderer.Renderer"
CSRF_FAILURE_VIEW = "core.errors.csrf_failure"

# Database: a pool in the process, so that a request does not pay for a new connection. The web server sets a statement
# timeout (config/gunicorn.py); commands and jobs may take as long as they need.
_connection = env.database()
_statement_timeout = env.integer("STATEMENT_TIMEOUT", 0)
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **_connection,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            **_connection["OPTIONS"],  # type: ignore[dict-item]
            "options": f"-c statement_timeout={_statement_timeout}",
            # For the few statements that are sent to be remembered (core/planned_once.py).
            "prepare_threshold": 5,
            "pool": {"min_size": 1, "max_size": env.integer("DATABASE_POOL", 12, least=1), "timeout": 5},
        },
    }
}

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["core.accounts.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
# Where the front page leads.
HOME_PAGE = "customers:list"
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "account_login"
LOGOUT_REDIRECT_URL = "account_login"

# Signing in: by email address, then a second step where a person has set one up. Nobody signs up: an administrator
# makes accounts, so there is no address to verify either.
ACCOUNT_ADAPTER = "core.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_MAX_LENGTH = 250
# An unknown address gets the same answer as a known one, and no mail.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Unticked "Keep me signed in", the session ends with the browser.
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    # Counted for one address and for one network: neither many passwords nor many addresses can be tried.
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "20/m/ip,3/5m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXIES", 0)

MFA_ADAPTER = "core.accounts.MFAAdapter"
MFA_FORMS = {
    "add_webauthn": "core.forms.PasskeyForm",
    "login_webauthn": "core.forms.PasskeySignInForm",
    "authenticate_webauthn": "core.forms.PasskeySecondStepForm",
    "reauthenticate_webauthn": "core.forms.PasskeyConfirmationForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A clock that is half a minute off still signs in.
MFA_TOTP_TOLERANCE = 1
MFA_RATE_LIMITS = {"webauthn_login": "30/m/ip"}

# Tries are counted in the database, for all processes together; a small table would forget them too early.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# A job that is done is told by its own record (core.Job); the queue keeps only what went wrong.
PROCRASTINATE_WORKER_DEFAULTS = {"delete_jobs": "successful"}

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        # File names with a hash of their content, so that a browser keeps them for good.
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Nothing asks for a file by its plain name, so half of them need not be kept and compressed.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Transport: HTTPS everywhere, except where HTTPS=no says that it is http://localhost.
_https = env.flag("HTTPS", default=not DEBUG)
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", 365 * 24 * 3600) if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if env.flag("BEHIND_PROXY", default=False):
    # Only where a proxy sets the header itself: else a client could claim to have come by HTTPS.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Counted from the latest use (core/signed_in.py), in a table that knows whose a session is.
SESSION_ENGINE = "core.models.session"
SESSION_COOKIE_AGE = env.integer("SESSION_HOURS", 14 * 24, least=1) * 3600
SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = _https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# Mail: through the server of this machine unless another is named; on http://localhost it goes to the log.
_mail_host = env.text("MAIL_HOST", "localhost" if _https else "")
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": _mail_host,
            "port": env.integer("MAIL_PORT", 25, least=1),
            "username": env.text("MAIL_USER", ""),
            "password": env.text("MAIL_PASSWORD", ""),
            "use_tls": env.flag("MAIL_TLS", default=False),
            "timeout": 10,
        },
    }
    if _mail_host
    else {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
}
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Retainer <retainer@localhost>")

# A commit of 600 dates has several fields for each; past that our own caps answer with a sentence.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

_LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "config.request_id.RequestIdFilter"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} [{request_id}] {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.one_of("LOG_LEVEL", _LOG_LEVELS, "WARNING")},
    # Django's own handlers would say everything twice, or keep it back when DEBUG is off.
    "loggers": {"django": {"handlers": []}, "django.server": {"handlers": [], "propagate": True}},
}

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

# The history carries its context (actor, request) on every event, so that no event depends on another table.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(db_index=False, related_name="+", related_query_name="+")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
