"""Contents kept on disk by what they hold, so that a build need not hold them in memory, and the
next build need not make them again.

A store is one SQLite file below ``.cache``, which may always be deleted. Nothing in it is trusted:
what is read is held against its digest, and a file that is damaged, in use by another build, or not
to be written is done without, in favor of one that lives as long as the build.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

PLACE = ".cache/build.sqlite"
"""Where a project keeps what its last build has made."""
PIECE = 1_000_000
"""Bytes, or somewhat more, of a piece: a large file is never in memory as a whole."""


@dataclass(frozen=True)
class OnDisk:
    """What lies in a file while it is read, piece by piece."""

    path: Path


Content = str | bytes | Iterable[str] | OnDisk
"""What a file is to hold; a long text may come piece by piece."""


class LostError(OSError):
    """What was kept is not there any more, or is another."""


@dataclass(frozen=True)
class Kept:
    """Something in a store: the digests of its pieces, and whether it is text."""

    pieces: tuple[bytes, ...]
    text: bool
    store: Store = field(compare=False, repr=False)

    def read(self) -> str | bytes:
        """The whole of it. Raises ``LostError``."""
        whole = b"".join(self.chunks())
        return whole.decode("utf-8") if self.text else whole

    def chunks(self) -> Iterator[bytes]:
        """Its bytes, piece by piece. Raises ``LostError``."""
        return map(self.store.piece, self.pieces)

    def said(self) -> list[Any]:
        """What JSON can say of it, for ``Store.kept``."""
        return [self.text, *(piece.hex() for piece in self.pieces)]

    def write(self, path: Path) -> None:
        """Write it into a file. Raises ``LostError``."""
        with path.open("wb") as file:
            file.writelines(self.chunks())


class Lent:
    """The store of another process, at the other end of a pipe."""

    def __init__(self, home: Connection[Any, Any]) -> None:
        self._home = home

    def ask(self, name: str, *given: Any) -> Any:
        """What a method of the store gives there."""
        self._home.send(("ask", name, given))
        return self._home.recv()

    def tell(self, name: str, *given: Any) -> None:
        """Have a method of the store called there."""
        self._home.send(("tell", name, given))


class Store:
    """Contents by the digests of their pieces. ``file`` is where they are kept for the next build,
    if they are.
    """

    _lent: Lent | None = None

    def __init__(self, file: Path | None = None) -> None:
        self._used: set[bytes] = set()
        self._named: set[str] = set()
        self._spared = False
        self._database = (file and _opened(file)) or _open("")

    def lend(self, home: Connection[Any, Any]) -> None:
        """In a process of its own: read and write the store of that at the other end."""
        self._lent = Lent(home)

    def put(self, content: Content) -> Kept:
        """Keep a content."""
        is_text = not isinstance(content, bytes | OnDisk)
        return Kept(tuple(map(self._put, _pieces(content))), is_text, self)

    def _put(self, piece: bytes) -> bytes:
        digest = _digest(piece)
        if self._lent:
            self._lent.tell("_put", piece)
        elif digest not in self._used:
            if self._found(digest) != piece:
                self._database.execute("REPLACE INTO pieces VALUES (?, ?)", (digest, piece))
            self._used.add(digest)
        return digest

    def _found(self, digest: bytes) -> bytes | None:
        if self._lent:
            return cast(bytes | None, self._lent.ask("_found", digest))
        row = self._database.execute("SELECT content FROM pieces WHERE digest = ?", (digest,))
        content = (row.fetchone() or [None])[0]
        return content if isinstance(content, bytes) else None

    def piece(self, digest: bytes) -> bytes:
        """The bytes with this digest. Raises ``LostError``."""
        found = self._found(digest)
        if found is None or _digest(found) != digest:
            raise LostError(digest.hex())
        return found

    def has(self, digests: Iterable[bytes]) -> bool:
        """Whether all of these pieces are there, and are what they were; they stay for the next
        build.
        """
        if self._lent:
            return bool(self._lent.ask("has", tuple(digests)))
        try:
            for digest in digests:
                self.piece(digest)
                self._used.add(digest)
        except (LostError, sqlite3.Error):
            return False
        return True

    def note(self, name: str, value: Any) -> None:
        """Note something, which JSON can say, for the next build."""
        if self._lent:
            self._lent.tell("note", name, value)
            return
        said = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        self._named.add(name)
        self._database.execute(
            "REPLACE INTO notes VALUES (?, ?, ?)", (name, _digest(name.encode() + said), said)
        )

    def noted(self, name: str) -> Any:
        """What the last build has noted, or ``None``."""
        if self._lent:
            return self._lent.ask("noted", name)
        try:
            row = self._database.execute(
                "SELECT digest, said FROM notes WHERE name = ?", (name,)
            ).fetchone()
        except sqlite3.Error:
            return None
        if row is None or not isinstance(row[1], bytes):
            return None
        if _digest(name.encode() + row[1]) != row[0]:
            return None
        self._named.add(name)
        return json.loads(row[1])

    def once(self, inputs: Iterable[str], make: Callable[[], Content]) -> Kept:
        """What ``make`` gives, made only where no build has made it from the same inputs; they must
        say all that it depends on.
        """
        inputs = tuple(inputs)
        kept = self.known(inputs)
        if kept is None:
            kept = self.put(make())
            self.note(_name(inputs), kept.said())
        return kept

    def known(self, inputs: Iterable[str]) -> Kept | None:
        """What a build has made from these inputs, if any has."""
        return self.kept(self.noted(_name(inputs)))

    def remember(self, inputs: Iterable[str], make: Callable[[], Any]) -> Any:
        """The same of a value that JSON can say, and that is small."""
        name = _name(inputs)
        value = self.noted(name)
        if value is None:
            value = make()
            self.note(name, value)
        return value

    def kept(self, said: Any) -> Kept | None:
        """What ``Kept.said`` spoke of, if it is there and is what it was."""
        kept = said and self.meant(said)
        return kept if kept and self.has(kept.pieces) else None

    def meant(self, said: Any) -> Kept:
        """What ``Kept.said`` spoke of, of which it is known that it is there."""
        return Kept(tuple(map(bytes.fromhex, said[1:])), bool(said[0]), self)

    def spare(self) -> None:
        """Let nothing go when the store is closed: this build needed not ask for what it has."""
        self._spared = True

    def close(self) -> None:
        """Keep for the next build what this one has used, and nothing else."""
        with contextlib.suppress(sqlite3.Error):  # a full disk, for one
            if not self._spared:
                self._let_go()
            self._database.commit()
        self._database.close()

    def _let_go(self) -> None:
        """Delete what this build has not used."""
        self._database.execute("CREATE TEMP TABLE used (digest BLOB PRIMARY KEY)")
        self._database.executemany("INSERT INTO used VALUES (?)", ((d,) for d in self._used))
        self._database.execute("DELETE FROM pieces WHERE digest NOT IN (SELECT digest FROM used)")
        self._database.execute("CREATE TEMP TABLE named (name TEXT PRIMARY KEY)")
        self._database.executemany("INSERT INTO named VALUES (?)", ((n,) for n in self._named))
        self._database.execute("DELETE FROM notes WHERE name NOT IN (SELECT name FROM named)")


class Memory:
    """What the build that runs remembers of what builds before it have made, wherever it is that
    the same texts come again: nothing, unless ``of`` says otherwise.
    """

    def __init__(self) -> None:
        self._store: Store | None = None
        self._engine = ""

    @contextlib.contextmanager
    def of(self, store: Store | None, engine: str) -> Iterator[None]:
        """While it lasts, remember what this engine has made, in a store."""
        self._store, self._engine = store, engine
        try:
            yield
        finally:
            self._store = None

    def __bool__(self) -> bool:
        return self._store is not None

    def __call__(self, inputs: Iterable[str], make: Callable[[], Any]) -> Any:
        """What ``make`` gives, in the form that JSON gives it back: lists for tuples. The inputs
        must say all that it depends on beside the engine.
        """
        if self._store is None:
            return make()
        return self._store.remember((self._engine, *inputs), make)


memory = Memory()


def is_damaged(file: Path) -> bool:
    """Whether a store's file can no longer be read as a database. To look takes as long as to read
    all of it: to be asked when something has failed.
    """
    try:
        with contextlib.closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
            return bool(database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.OperationalError:  # there is none, or it is in use
        return False
    except sqlite3.DatabaseError:
        return True


class Assets(Mapping[str, str | bytes]):
    """Files by path from the site's root, their contents in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, Kept] = {}

    def add(self, path: str, content: Content | Kept) -> None:
        self._kept[path] = content if isinstance(content, Kept) else self._store.put(content)

    def said(self) -> dict[str, list[Any]]:
        """What JSON can say of them, for ``recall``."""
        return {path: kept.said() for path, kept in self._kept.items()}

    def recall(self, said: Any) -> bool:
        """Have the files of which ``said`` spoke as well; ``False`` where one is lost."""
        found = {path: self._store.kept(kept) for path, kept in (said or {}).items()}
        whole = {path: kept for path, kept in found.items() if kept}
        if said is None or len(whole) < len(found):
            return False
        self._kept |= whole
        return True

    def __getitem__(self, path: str) -> str | bytes:
        return self._kept[path].read()

    def __contains__(self, path: object) -> bool:
        return path in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def only(self, paths: Iterable[str]) -> Assets:
        """Some of the files."""
        found = Assets(self._store)
        found._kept = {path: self._kept[path] for path in paths}
        return found

    def write(self, path: str, target: Path) -> None:
        """Write one of them into a file. Raises ``LostError``."""
        self._kept[path].write(target)


def _pieces(content: Content) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield from (content[n : n + PIECE] for n in range(0, len(content), PIECE))
        return
    if isinstance(content, OnDisk):
        with content.path.open("rb") as file:
            yield from iter(partial(file.read, PIECE), b"")
        return
    held: list[bytes] = []
    size = 0
    for text in [content] if isinstance(content, str) else content:
        held.append(text.encode("utf-8"))
        size += len(held[-1])
        if size >= PIECE:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def _name(inputs: Iterable[str]) -> str:
    return _digest("\0".join(inputs).encode("utf-8")).hex()


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _open(name: str) -> sqlite3.Connection:
    """A database; without a name one that is gone when it is closed."""
    database = sqlite3.connect(name, timeout=0, isolation_level="IMMEDIATE")
    database.text_factory = bytes  # nothing in it is text, unless it was tampered with
    database.execute("PRAGMA synchronous = OFF")
    database.execute("CREATE TABLE IF NOT EXISTS pieces (digest BLOB PRIMARY KEY, content BLOB)")
    database.execute(
        "CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, digest BLOB, said BLOB)"
    )
    database.execute("BEGIN IMMEDIATE")
    return database


def _opened(file: Path) -> sqlite3.Connection | None:
    """The database in a file, begun anew where it is damaged; ``None`` where it cannot be had."""
    for _ in range(2):
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            return _open(str(file))
        except (OSError, sqlite3.OperationalError):  # not to be written, or another build's
            return None
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError):
                file.unlink()
    return None
