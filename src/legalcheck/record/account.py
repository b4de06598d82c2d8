"""The system account that a command runs under."""

from __future__ import annotations

import os


def account() -> str:
    """Its name, from the system and not from the environment, which anyone may set."""
    try:
        import pwd
    except ImportError:  # Windows
        import getpass

        return getpass.getuser()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
