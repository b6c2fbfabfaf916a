"""The settings of the tests: the product's own in development mode, so that a bare `pytest` needs no environment.

Which databases the tests use is the product's own question, answered by DATABASE_URL and PUBLISHED_DATABASE_URL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ["DEBUG"] = "1"

from config.settings import *  # noqa: F403 - the settings read the environment when they are imported.
from config.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

# SQLite's test databases are files, as in the product, so that a live server's thread sees what a test wrote. Each test
# process has a folder of its own.
_MEMORY = "/dev/shm"  # noqa: S108 - a folder of its own is made in it.
_FOLDER = tempfile.mkdtemp(prefix="policy-tracker-tests-", dir=_MEMORY if Path(_MEMORY).is_dir() else None)
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
for _alias, _database in DATABASES.items():
    _database["CONN_MAX_AGE"] = 0  # A live server's threads would keep theirs, and PostgreSQL drops no database in use.
    if _database["ENGINE"].endswith("sqlite3"):
        _database["TEST"] = {"NAME": f"{_FOLDER}/{_alias}.sqlite3"}
    else:
        _database["OPTIONS"] = {"options": "-c synchronous_commit=off"}  # Nothing in it outlives the run.

MEDIA_ROOT = Path(_FOLDER) / "files"
PUBLISHED_FILES_ROOT = MEDIA_ROOT / "published"
SNAPSHOTS_ROOT = MEDIA_ROOT / "snapshots"
EDITIONS_ROOT = Path(_FOLDER) / "editions"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # Tests log in often and keep no secret.
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

# A request that asks the database for one row at a time fails its test.
INSTALLED_APPS = [*INSTALLED_APPS, "zeal"]
MIDDLEWARE = ["zeal.middleware.zeal_middleware", *MIDDLEWARE]
