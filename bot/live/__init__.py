"""Live sessions: their store, the door by which everything reaches them, and the painter of their cards."""
