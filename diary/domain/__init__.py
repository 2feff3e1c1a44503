"""Every clinical decision, as plain Python: no Django, no clock, no input or output."""
