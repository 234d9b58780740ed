"""Plain web pages against the simulator's host."""
