"""``python -m dossier``: the commands that need no site generator."""

import sys

from .cli import main

sys.exit(main(sys.argv[1:]))
