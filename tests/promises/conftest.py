"""The whole cast, each in a browser of their own."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.conftest import SignIn
from tests.matrix import Clients


@pytest.fixture
def accounts(dave: User, alice: User, bob: User, carol: User) -> dict[str, User]:
    return {"dave": dave, "alice": alice, "bob": bob, "carol": carol}


@pytest.fixture
def clients(accounts: dict[str, User], sign_in: SignIn) -> Clients:
    return {"visitor": Client(), **{name: sign_in(account) for name, account in accounts.items()}}
