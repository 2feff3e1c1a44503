"""The fault suite: what is done to a whole service of real processes, and what it cost.

| Module | What it holds |
|---|---|
| `suite` | Every fault by its number: `make faults` |
| `figures` | What one fault has shown, and the table |
| `phones` | Simulated phones that write until everything is acknowledged |
| `history` | Every request and answer, on a file |
| `checker` | What is wrong in a history, given what is stored; a pure function |
| `stored` | What is stored, read by a process of its own |
| `proxy` | A network that cuts, stalls and drips |

A fault is a function of the rig and a size, 1.0 being the full one, and returns a `figures.Row`.
"""
