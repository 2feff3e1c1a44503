"""What the report says, as plain Python: no Django, no clock, no input or output."""
