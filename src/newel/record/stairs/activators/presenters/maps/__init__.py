"""The maps: views over the same statements, each a picture and the table beneath it."""
