"""What is asked before a file leaves, and before one comes in."""
