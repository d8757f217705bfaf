"""Settings of the test suite: its own throw-away PostgreSQL, quick hashes, mail kept in memory."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="kazna-tests-"))
_folder.chmod(0o755)
os.environ["KAZNA_VAR"] = str(_folder)
os.environ["KAZNA_CLOCK"] = "stored"

from kazna.plumbing import postgres  # noqa: E402

os.environ["KAZNA_DATABASE_URL"] = postgres.start(_folder / "postgres", durable=False).url(database="postgres")

from kazna.config.settings.base import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
KAZNA_STORED_CLOCK = True
KAZNA_LIVE_SECONDS = 0  # a stream would hold the database that the next test empties
KAZNA_FIGURES_SECONDS = 0  # counted for everybody who looks
KAZNA_KEPT_PAGES = 0  # made for everybody who looks
WHITENOISE_AUTOREFRESH = True  # no collected files in tests
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


@atexit.register
def _stop() -> None:
    postgres.stop(_folder / "postgres", mode="immediate")
    shutil.rmtree(_folder, ignore_errors=True)
