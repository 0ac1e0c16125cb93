"""What holds from release to release: a paragraph's id stands for that paragraph for good."""

from __future__ import annotations

from ..errors import Location, Report
from ..graph.history import texts_of
from ..read.editions import snapshot_path
from ..read.load import Archive
from ..read.quotations import stands_in
from ..read.words import DIGITS


def check_editions(archive: Archive, report: Report) -> None:
    """No id is reused: neither for a paragraph that had another one, nor after it was retired."""
    for source, translation in archive.translations.items():
        record = archive.sources.get(source)
        if record is None:
            continue
        prints = {id_: p[:DIGITS] for id_, p in record.model.fingerprints.items()}
        had: dict[str, str] = {}
        gone: dict[str, str] = {}
        for version, snapshot in archive.editions.items():
            released = snapshot.sources.get(source)
            if released is None:
                continue
            for id_ in gone.keys() & released.paragraphs.keys():
                report.add(
                    Location(snapshot_path(version)),
                    f"has {id_} again, which release {gone[id_]} gave up; ids are not used again",
                )
            gone |= dict.fromkeys(had.keys() - released.paragraphs.keys() - gone.keys(), version)
            had |= {id_: printed for id_, (_, printed) in released.paragraphs.items()}
        named = {printed: id_ for id_, printed in had.items() if printed}
        for paragraph in translation.paragraphs:
            id_ = paragraph.id
            before = named.get(prints.get(id_, ""), id_)
            if id_ in gone:
                report.add(
                    paragraph.location,
                    f"is {id_}, which release {gone[id_]} gave up; ids are not used again",
                )
            elif before != id_:
                report.add(
                    paragraph.location,
                    f"is {id_}, but its paragraph of the source is {before} in the releases; who"
                    " cites it means that one, so the numbers must stay",
                )


def release_with(archive: Archive, source: str, words: str) -> tuple[str, str] | None:
    """The newest release in which quoted words stood, and their paragraph."""
    for version, texts in reversed(texts_of(archive, source).items()):
        for id_, text in texts.items():
            if stands_in(words, text):
                return version, id_
    return None
