"""The pages of outcomes as text and data."""
