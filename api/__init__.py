"""HTTP only: parse, one call, JSON or a problem."""
