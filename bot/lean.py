"""Libraries take along what they find installed, and make ready what may never be needed: it is kept from them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

BUNDLE = "SSL_CERT_FILE"  # what OpenSSL reads by itself: https://docs.openssl.org/3.0/man7/openssl-env/


@contextmanager
def without(*modules: str) -> Iterator[None]:
    """Imports inside do not find these modules, unless they were there before.

    A None among the loaded modules says so: https://docs.python.org/3/reference/import.html#the-module-cache
    """
    hidden = [name for name in modules if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


@contextmanager
def without_certificates() -> Iterator[None]:
    """Contexts for TLS that are made inside trust nobody. Reading the system's certificates takes 20 ms each time."""
    named = os.environ.get(BUNDLE)
    os.environ[BUNDLE] = os.devnull
    try:
        yield
    finally:
        del os.environ[BUNDLE]
        if named is not None:
            os.environ[BUNDLE] = named
