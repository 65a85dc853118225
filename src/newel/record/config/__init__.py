"""How Newel is put together and run: settings, addresses, the server, the database it brings."""
