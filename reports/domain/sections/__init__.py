"""The parts of the report model, one module per band of the page; all pure functions."""
