"""What another implementation says: fictional answers, and R's psych on them (psych.R)."""
