"""Phone numbers: what a policy accepts, why not, and how an accepted number is written."""
