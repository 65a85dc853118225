"""Overview: what somebody needs to see first. My shift, and the way to everything they may open."""
