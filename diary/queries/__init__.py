"""Reads: rows to domain values."""
