"""What this project is made of, and whether any of it is known to be bad."""
