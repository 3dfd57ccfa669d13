"""``python -m orbicularis`` is the console command."""

from orbicularis.cli.main import app

if __name__ == "__main__":
    app()
