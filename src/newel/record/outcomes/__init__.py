"""Outcomes: measures that are asked, answered and read, one by one and never as a rank."""
