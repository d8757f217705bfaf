"""Settings common to every way of running; each has a default that works on a laptop."""

import os
from urllib.parse import urlparse

from kazna.config.database import database_url
from kazna.config.secrets import secret
from kazna.kernel.places import ROOT, VAR

SECRET_KEY = secret("django")
DEBUG = False
ALLOWED_HOSTS = os.environ.get("KAZNA_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
ROOT_URLCONF = "kazna.config.urls"
WSGI_APPLICATION = "kazna.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "kazna.plumbing",
    "kazna.contexts.identity",
    "kazna.contexts.audit",
    "kazna.contexts.reference",
    "kazna.contexts.notifications",
    "kazna.contexts.integration",
    "kazna.contexts.registers",
    "kazna.contexts.employers",
    "kazna.contexts.life_events",
    "kazna.contexts.measures",
    "kazna.contexts.delegation",
    "kazna.contexts.cases",
    "kazna.contexts.payments",
    "kazna.contexts.determination",
    "kazna.contexts.studio",
    "kazna.contexts.egisso",
    "kazna.contexts.disclosure",
    "kazna.contexts.suppliers",
    "kazna.contexts.portal",
    "kazna.contexts.corrections",
    "kazna.contexts.programmes",
    "kazna.contexts.administration",
    "kazna.web",
]

MIDDLEWARE = [
    "kazna.web.turns.TurnMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "kazna.web.safety.SafetyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kazna.web.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "kazna.web.typed.TypedMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kazna.web.session_limits.SessionLimitsMiddleware",
    "kazna.web.viewing.ViewerMiddleware",
    "kazna.web.kept_forms.KeptFormMiddleware",
    "kazna.web.forms_once.OnceMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "src" / "kazna" / "web" / "templates"],
        "OPTIONS": {
            "environment": "kazna.web.templating.environment",
            "context_processors": ["kazna.web.context.page"],
        },
    },
]

_database = urlparse(database_url())
DATABASES = {
    "default": {
        "ENGINE": "kazna.plumbing.session",
        "NAME": _database.path.lstrip("/"),
        "USER": _database.username,
        "PASSWORD": _database.password,
        "HOST": _database.hostname,
        "PORT": _database.port,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}

AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["kazna.contexts.identity.signed_in.SignedIn"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LOCALE_PATHS = [ROOT / "src" / "kazna" / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Moscow"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
STATICFILES_DIRS = [ROOT / "src" / "kazna" / "web" / "static"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024

SESSION_ENGINE = "kazna.web.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kazna.web.errors.stale_form"
X_FRAME_OPTIONS = "DENY"

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("KAZNA_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("KAZNA_SMTP_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("KAZNA_MAIL_FROM", "kazna@localhost")

# Kazna's own
KAZNA_STORED_CLOCK = os.environ.get("KAZNA_CLOCK") == "stored"
KAZNA_CLOSE_DAYS = os.environ.get("KAZNA_CLOSE_DAYS") == "1"
KAZNA_AGENCY_URLS = {
    "fns": os.environ.get("KAZNA_FNS_URL", ""),
    "szn": os.environ.get("KAZNA_SZN_URL", ""),
    "bank": os.environ.get("KAZNA_BANK_URL", ""),
    "post": os.environ.get("KAZNA_POST_URL", ""),
    "zags": os.environ.get("KAZNA_ZAGS_URL", ""),
    "mvd": os.environ.get("KAZNA_MVD_URL", ""),
    "gibdd": os.environ.get("KAZNA_GIBDD_URL", ""),
    "rosreestr": os.environ.get("KAZNA_ROSREESTR_URL", ""),
    "mod": os.environ.get("KAZNA_MOD_URL", ""),
    "fsin": os.environ.get("KAZNA_FSIN_URL", ""),
    "edu": os.environ.get("KAZNA_EDU_URL", ""),
    "med": os.environ.get("KAZNA_MED_URL", ""),
    "fri": os.environ.get("KAZNA_FRI_URL", ""),
    "dszn": os.environ.get("KAZNA_DSZN_URL", ""),
    "gostehnadzor": os.environ.get("KAZNA_GOSTEHNADZOR_URL", ""),
    "gims": os.environ.get("KAZNA_GIMS_URL", ""),
    "jkh": os.environ.get("KAZNA_JKH_URL", ""),
    "gas": os.environ.get("KAZNA_GAS_URL", ""),
}
KAZNA_UFEBS_BANKS = os.environ.get("KAZNA_UFEBS_BANKS", "").split()
KAZNA_PAYMENTS_KEY = os.environ.get("KAZNA_PAYMENTS_KEY", "")
KAZNA_PAYMENTS_CERTIFICATE = os.environ.get("KAZNA_PAYMENTS_CERTIFICATE", "")
KAZNA_SMEV = {  # see kazna.contexts.integration.smev.channel
    "url": os.environ.get("KAZNA_SMEV_URL", ""),
    "files_url": os.environ.get("KAZNA_SMEV_FILES_URL", ""),
    "agencies": os.environ.get("KAZNA_SMEV_AGENCIES", ""),
    "provider": os.environ.get("KAZNA_SMEV_PROVIDER", "open"),
    "key": os.environ.get("KAZNA_SMEV_KEY", ""),
    "certificate": os.environ.get("KAZNA_SMEV_CERTIFICATE", ""),
    "trust": os.environ.get("KAZNA_SMEV_TRUST", ""),
    "test": os.environ.get("KAZNA_SMEV_TEST") == "1",
    "answer_days": int(os.environ.get("KAZNA_SMEV_ANSWER_DAYS", "5")),
    "repeats": int(os.environ.get("KAZNA_SMEV_REPEATS", "2")),
    "message_bytes": int(os.environ.get("KAZNA_SMEV_MESSAGE_BYTES", str(10 * 1024 * 1024))),
}
KAZNA_AGENCY_KEYS = {
    agency: secret(f"agency_{agency}")
    for agency in (
        "zags",
        "fri",
        "sfr",
        "mvd",
        "fns",
        "szn",
        "bank",
        "epgu",
        "gibdd",
        "rosreestr",
        "mod",
        "fsin",
        "edu",
        "med",
        "dszn",
        "gostehnadzor",
        "gims",
        "jkh",
        "gas",
        "gisec",
    )
}
KAZNA_ADDRESS = os.environ.get("KAZNA_ADDRESS", "http://127.0.0.1:8000")  # what papers and letters link to
KAZNA_PERSON_KEY = secret("person_ids")  # without it, person ids cannot be traced back to СНИЛС
KAZNA_DOCUMENT_BYTES = int(os.environ.get("KAZNA_DOCUMENT_BYTES", str(20 * 1024 * 1024)))

_esia_url = os.environ.get("KAZNA_ESIA_URL", "").rstrip("/")
_oidc_url = os.environ.get("KAZNA_OIDC_ISSUER", "")
KAZNA_SIGN_IN = {
    "esia": {
        "title": "Госуслуги",
        "url": _esia_url,
        "issuer": os.environ.get("KAZNA_ESIA_ISSUER", "http://esia.gosuslugi.ru/"),
        "client_id": os.environ.get("KAZNA_ESIA_CLIENT", ""),
        "protocol": os.environ.get("KAZNA_ESIA_PROTOCOL", "v3"),
        "scope": os.environ.get("KAZNA_ESIA_SCOPE", "openid fullname birthdate snils"),
        "key_file": os.environ.get("KAZNA_ESIA_KEY", ""),
        "certificate_file": os.environ.get("KAZNA_ESIA_CERTIFICATE", ""),
        "token_certificate_file": os.environ.get("KAZNA_ESIA_TOKEN_CERTIFICATE", ""),
    },
    "oidc": {
        "title": os.environ.get("KAZNA_OIDC_TITLE", "OpenID"),
        "url": _oidc_url,
        "issuer": _oidc_url,
        "client_id": os.environ.get("KAZNA_OIDC_CLIENT", ""),
        "scope": os.environ.get("KAZNA_OIDC_SCOPE", "openid profile"),
        "secret": os.environ.get("KAZNA_OIDC_SECRET", ""),
        "snils_claim": os.environ.get("KAZNA_OIDC_SNILS_CLAIM", "snils"),
        "login_claim": os.environ.get("KAZNA_OIDC_LOGIN_CLAIM", ""),
        "confirmed_claim": os.environ.get("KAZNA_OIDC_CONFIRMED_CLAIM", ""),
    },
}
KAZNA_CERTIFICATE_HEADER = os.environ.get("KAZNA_CERTIFICATE_HEADER", "")
KAZNA_BUS = os.environ.get("KAZNA_BUS", "")
KAZNA_BUS_GROUP = os.environ.get("KAZNA_BUS_GROUP", "kazna")
KAZNA_PUBLIC_URL = os.environ.get("KAZNA_PUBLIC_URL", "").rstrip("/")
KAZNA_LIVE_SECONDS = int(os.environ.get("KAZNA_LIVE_SECONDS", "50"))  # one stream of a live page; 0: no live pages
KAZNA_FIGURES_SECONDS = float(os.environ.get("KAZNA_FIGURES_SECONDS", "2"))  # how old figures of all may be at least
KAZNA_KEPT_PAGES = int(os.environ.get("KAZNA_KEPT_PAGES", "500"))  # open pages a process keeps made; 0: none
KAZNA_SESSION_IDLE_MINUTES = int(os.environ.get("KAZNA_SESSION_IDLE_MINUTES", "30"))
KAZNA_SESSION_HOURS = int(os.environ.get("KAZNA_SESSION_HOURS", "9"))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = KAZNA_PUBLIC_URL.startswith("https://")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("KAZNA_LOG", "WARNING")},
}

KAZNA_PUSH_HOSTS = os.environ.get(  # push services of browsers we write to, with their subdomains
    "KAZNA_PUSH_HOSTS",
    "fcm.googleapis.com updates.push.services.mozilla.com web.push.apple.com notify.windows.com push.yandex.ru",
).split()
KAZNA_VAPID_KEY = secret("vapid")  # names this installation to push services; a new one ends all subscriptions
KAZNA_VAPID_CONTACT = f"mailto:{DEFAULT_FROM_EMAIL}"
