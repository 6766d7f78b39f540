"""How tests run Sharewise in their own process: on a real server, between fake platforms."""
