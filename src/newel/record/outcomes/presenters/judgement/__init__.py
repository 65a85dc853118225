"""Pages of structured professional judgement: words and reasons, and no number anywhere."""
