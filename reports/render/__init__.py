"""Model to bytes: PDF in a short-lived child process, and CSV. No queries, no decisions."""
