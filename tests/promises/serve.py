"""A public process for a test: `python -m tests.promises.serve PORT`."""

from __future__ import annotations

import os
import sys
from wsgiref.simple_server import make_server

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

if __name__ == "__main__":
    from config.wsgi import application

    make_server("127.0.0.1", int(sys.argv[1]), application).serve_forever()
