"""Answered cases: real questions recast as diaries, to compare our levels with a doctor's.

`files` reads a case file, `conversion` turns a case into what a phone would send, `scoring`
compares the answers. What each field becomes, and why, stands in docs/evaluation.md.
"""
