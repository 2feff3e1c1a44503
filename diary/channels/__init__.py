"""The ways an alert can reach a person, behind one small interface."""
