"""Bringing an older diary: a table of episodes or check-ins, read into wire data or named errors.

Nothing here writes. `columns` says what a table may hold, `reading` turns one into records,
`template` writes one.
"""
