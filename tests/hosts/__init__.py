"""The service on several hosts, each in a network of its own, and cables that break."""

NOT_POSSIBLE = 3  # the exit status where the machine allows no networks of one's own
