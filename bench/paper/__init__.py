"""The same report drawn by three programs, each in a fresh process."""
