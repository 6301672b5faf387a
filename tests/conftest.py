"""Shared by all tests: one data directory, one app, the real model."""

from __future__ import annotations

import os

import hypothesis
import pytest

from helper import create_app
from helper.services import Services
from helper.settings import Settings

# A build must not fail by chance: there the examples are the same every time, and slow machines
# are no fault. At a desk they are new ones every time.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory):
    """A data directory of this run's own; packages and dictionary are installed into it once."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="session")
def settings(data_dir):
    return Settings(data_dir=data_dir, rate_limit="", threads=2)


@pytest.fixture(scope="session")
def app(settings):
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture(scope="session")
def parts(app) -> Services:
    return app.extensions["helper"]


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture(scope="session")
def book(parts):
    return parts.book


@pytest.fixture(scope="session")
def translator(parts):
    return parts.translator
