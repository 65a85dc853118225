"""Scoping: why here, the way here, who and where is home, what there is to build on, and the life
so far as a timeline."""
