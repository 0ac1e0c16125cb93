"""``python hooks/dossier COMMAND``, ``python -m dossier``, or ``dossier COMMAND`` where it is
installed: the commands that need no site generator.
"""

import subprocess
import sys
from pathlib import Path

if not __package__:  # called by its folder, which works in any shell without PYTHONPATH
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from dossier.commands.cli import main

_OF_ANY_ENGINE = ("init", "upgrade", "-h", "--help")


def installed() -> int:
    """The installed command. In an edition's folder the edition's own engine does the work, so that
    what it makes is what the edition was checked with.
    """
    arguments = sys.argv[1:]
    own = Path("hooks/dossier/__main__.py")
    if arguments and arguments[0] not in _OF_ANY_ENGINE and own.is_file():
        return subprocess.run([sys.executable, own.parent, *arguments], check=False).returncode
    return main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
