"""What the pages of scoping show: text and data, never HTML."""
