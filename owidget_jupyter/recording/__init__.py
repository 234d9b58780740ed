"""Logs that outlive their kernel: JSON Lines, the journal, and playing them back."""
