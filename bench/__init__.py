"""Measuring what the project says of itself. Not installed with it; run from the project's root."""
