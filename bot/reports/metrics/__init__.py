"""Quantities of official prose, and the metrics they make."""

from bot.reports.metrics.extract import extract_metrics
from bot.reports.metrics.numerals import parse_numeral
from bot.reports.metrics.quantities import find_quantities
from bot.reports.metrics.quantity import Quantity

__all__ = ["Quantity", "extract_metrics", "find_quantities", "parse_numeral"]
