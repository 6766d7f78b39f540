"""All that is kept in Redis: connection, keys, transactions, and a module for each thing kept."""
