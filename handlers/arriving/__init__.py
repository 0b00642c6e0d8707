"""How updates come in: by polling or webhook, written down first, handled in order within each chat."""
