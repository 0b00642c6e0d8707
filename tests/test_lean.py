"""What is kept from a library is there for everybody else."""

from __future__ import annotations

import importlib
import ssl
import sys

import certifi
import pytest

from bot.lean import without, without_certificates


def test_hidden_modules_are_not_found_inside_and_are_afterwards() -> None:
    sys.modules.pop("colorsys", None)
    with without("colorsys", "json"):
        with pytest.raises(ImportError):
            importlib.import_module("colorsys")
        assert importlib.import_module("json").loads("1") == 1  # it was there before
    assert importlib.import_module("colorsys").rgb_to_hsv(0, 0, 0) == (0.0, 0.0, 0.0)


def test_contexts_made_without_certificates_trust_nobody_and_those_made_afterwards_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certifi.where())
    with without_certificates():
        assert not ssl.create_default_context().get_ca_certs()
    assert ssl.create_default_context().get_ca_certs()
