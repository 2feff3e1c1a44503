"""The staff site: a host name of its own, accounts by their state, never a diary."""
