"""Where the stage's document comes from: bundled parts, and the loopback server."""
