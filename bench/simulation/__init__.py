"""Synthetic diaries with known truth, and what the production rules say about them."""
