"""Pages that show scoping and its timeline, and pages that do one thing and lead back."""
