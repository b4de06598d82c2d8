"""The command line. Nothing here or in `app` may import what only one command needs: `--help` must stay quick."""

from .app import run as run
