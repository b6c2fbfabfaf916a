"""The settings of the tests: the product's own in development mode, so that a bare `pytest` needs no environment.

Which databases the tests use is the product's own question, answered by DATABASE_URL and PUBLISHED_DATABASE_URL.
"""

import os

os.environ["DEBUG"] = "1"

from config.settings import *  # noqa: F403 - the settings read the environment when they are imported.
