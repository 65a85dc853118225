"""What is sent to this room, checked."""
