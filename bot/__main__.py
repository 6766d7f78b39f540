"""``python -m bot``: see ``bot.cli.commands``."""

from bot.cli.commands import app

if __name__ == "__main__":
    app()
