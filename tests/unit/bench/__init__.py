"""Of the bench: what it makes of what was measured. Nothing is measured here."""
