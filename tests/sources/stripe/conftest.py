from collections.abc import Iterator

import pytest

from include.company import Company
from include.sources import Source, build, client

from ..vendor import Vendor, serving
from .account import Account
from .objects import customer, price


@pytest.fixture
def account() -> Account:
    return Account({"/v1/customers": [customer()], "/v1/prices": [price()]})


@pytest.fixture
def vendor(account: Account) -> Iterator[Vendor]:
    with serving(account) as serves:
        yield serves


@pytest.fixture
def session(vendor: Vendor) -> client.Session:
    return client.session(vendor.url, {"Authorization": "Bearer sample-stripe-key"})


@pytest.fixture
def source(company: Company) -> Source:
    return build(company, "stripe")
