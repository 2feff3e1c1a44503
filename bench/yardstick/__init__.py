"""What Quiver is measured beside: a bare DRF service with one table, and PostgreSQL by itself."""
