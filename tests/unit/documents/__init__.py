"""README, documentation and docstrings: their examples run, and what they list is complete."""
