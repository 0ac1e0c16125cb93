"""``python hooks/dossier COMMAND`` or ``python -m dossier``: the commands that need no site
generator.
"""

import sys
from pathlib import Path

if not __package__:  # called by its folder, which works in any shell without PYTHONPATH
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from dossier.commands.cli import main

sys.exit(main(sys.argv[1:]))
