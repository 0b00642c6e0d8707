"""Libraries take along what they find installed, also where nobody needs it: it is kept from them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


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
