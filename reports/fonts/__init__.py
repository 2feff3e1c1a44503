"""The fonts that are fetched, and how: `python -m reports.fonts.fetch`."""
