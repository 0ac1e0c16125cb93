"""Names of files and ids that would get lost or do harm somewhere: on Windows, on a disk that
ignores case, on the site itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from ..kinds import Kind

DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)
"""Windows reserves these, with any ending: a project that has one cannot be checked out there.
"""

_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')


_BACKUP = re.compile(r".*~|#.*#|\.#.*|.*\.sw[a-p]|4913")


def is_backup(name: str) -> bool:
    """Whether a file is what an editor leaves beside the file being edited.

    >>> [is_backup(n) for n in ("lamps.yml~", "#lamps.yml#", ".lamps.yml.swp", "lamps.yml")]
    [True, True, True, False]
    """
    return bool(_BACKUP.fullmatch(name))


def fault_of_id(kind: Kind, id_: str) -> str | None:
    """Why an entry may not have this id, or ``None``; ``faults_of_paths`` says what its file may
    not be called.
    """
    if kind.paged and re.fullmatch(r"index(?:-\d+)?", id_):
        return f'has the name "{id_}", which is the list\'s own page; choose another'
    if kind.anchors and re.fullmatch(kind.anchors, id_):
        return f'has the id "{id_}", which its page uses itself; choose another'
    return None


def faults_of_paths(paths: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Paths that some disk cannot hold, each with why: names of devices, odd characters, and two
    that differ only in case or form.
    """
    seen: dict[str, str] = {}
    for path in sorted(paths):
        for part in PurePosixPath(path).parts:
            if part.partition(".")[0].lower() in DEVICES:
                yield (
                    path,
                    f'has the name "{part}", which Windows keeps for a device; choose another',
                )
            elif _NOT_ON_WINDOWS.search(part):
                yield (
                    path,
                    (
                        f'has the name "{part}", which Windows cannot hold; use letters, digits and'
                        " hyphens"
                    ),
                )
        alike = unicodedata.normalize("NFC", path).casefold()
        if alike in seen:
            yield (
                path,
                (
                    f"differs from {seen[alike]} only in case or in its Unicode form, and some"
                    " disks hold only one of them; rename one"
                ),
            )
        seen.setdefault(alike, path)
