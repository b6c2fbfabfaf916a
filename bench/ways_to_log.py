"""Seconds and clicks to log letters in each of the three ways, in a real browser: `python -m bench.ways_to_log`."""

from __future__ import annotations

import sys

import pytest

if __name__ == "__main__":
    sys.exit(pytest.main(["-v", "-s", "-p", "no:cacheprovider", "tests/desk/admin/test_ways_to_log.py"]))
