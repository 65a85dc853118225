"""The forms of outcomes."""
