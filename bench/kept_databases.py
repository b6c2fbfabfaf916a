"""The settings of the tests with databases that outlive a run: SQLite files in the folder that KEPT_DATABASES names."""

import os
from pathlib import Path

from tests.settings import *  # noqa: F403 - these are the tests' own settings, with one of them changed.
from tests.settings import DATABASES

for _alias, _database in DATABASES.items():
    _database["TEST"] = {"NAME": str(Path(os.environ["KEPT_DATABASES"]) / f"{_alias}.sqlite3")}
