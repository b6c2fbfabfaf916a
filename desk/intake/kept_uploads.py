"""Files that somebody chose in a form which was refused. They are kept in private for a day, so that the form has them.

A browser never fills a file back into a form. Instead the form carries a signed token that only the same account can
use; it tells nothing of where the file is.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core import signing
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

FOLDER = "chosen"
KEPT = timedelta(days=1)
"""How long a chosen file is kept."""
SALT = "desk.intake.kept_uploads"


class KeptUpload(UploadedFile[bytes]):
    """A file that was kept, as if it had been chosen again."""

    def __init__(self, token: str, stored: str, name: str) -> None:
        super().__init__(default_storage.open(stored), name, size=default_storage.size(stored))
        self.token = token


def keep(upload: UploadedFile[bytes], account: User) -> str:
    """Keep a chosen file; the token by which the account has it back. One that is kept already stays as it is."""
    if isinstance(upload, KeptUpload):
        return upload.token
    upload.seek(0)
    stored = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}", upload)
    return signing.dumps([account.pk, stored, upload.name], salt=SALT)


def kept(token: str, account: User) -> KeptUpload | None:
    """The file of a token; None when the token is another account's, too old or not ours, or the file is gone."""
    try:
        owner, stored, name = signing.loads(token, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    if owner != account.pk or not default_storage.exists(stored):
        return None
    return KeptUpload(token, stored, name)


def forget_uploads(now: datetime) -> int:
    """Delete the files that were chosen so long ago that no form may have them back; return how many."""
    if not default_storage.exists(FOLDER):
        return 0
    _, names = default_storage.listdir(FOLDER)
    old = [name for name in names if default_storage.get_modified_time(f"{FOLDER}/{name}") < now - KEPT]
    for name in old:
        default_storage.delete(f"{FOLDER}/{name}")
    return len(old)
