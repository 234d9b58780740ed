"""What was found out, topic by topic, as findings with advice."""
