"""Django's PostgreSQL backend, with less asking whether the server is there."""
