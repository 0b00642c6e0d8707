"""Youju (有据): answers from official reports, each with its evidence."""

__version__ = "0.1.0"
