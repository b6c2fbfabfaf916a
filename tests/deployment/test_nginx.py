"""The sample of a proxy, as nginx itself reads it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[2] / "deploy" / "nginx" / "policy-tracker.conf"


@pytest.mark.skipif(shutil.which("nginx") is None, reason="There is no nginx here to read its sample.")
def test_nginx_takes_the_sample(tmp_path: Path) -> None:
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    make_key = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run([*make_key, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    here = (
        SAMPLE.read_text().replace("/etc/ssl/policy-tracker", str(tmp_path)).replace("/var/cache/nginx", str(tmp_path))
    )
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {here} }}")
    read = subprocess.run(["nginx", "-t", "-c", whole, "-p", tmp_path], check=False, capture_output=True, text=True)
    assert read.returncode == 0, read.stderr
