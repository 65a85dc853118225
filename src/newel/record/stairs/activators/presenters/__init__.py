"""What the pages of this room show: words and addresses, no HTML."""
