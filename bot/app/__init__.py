"""The running bot: the dispatcher, its handlers, web server and processes; put together in ``wiring``."""
