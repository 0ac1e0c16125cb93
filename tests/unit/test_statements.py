"""What belongs to a statement is its own: not a nested one's, nor the entry's."""

from __future__ import annotations

from dossier.graph.refs import Graph
from dossier.read.statements import SourcedStatement, sourced_statements


def place(path: tuple[str | int, ...]) -> str:
    return ".".join(map(str, path))


def told(statement: SourcedStatement) -> str:
    """A statement in a line: where, whose, and what stands in it."""
    whose = statement.model.voice if statement.model else "the entry"
    held = [f"{place(path)} {citation and citation.fragment}" for path, citation in statement.cites]
    held += [f"{place(path)} {text} = {prose.plain}" for path, text, prose in statement.prose]
    held += [f"{place(path)} {words}" for path, words in statement.quotes]
    cited = ", ".join(citation.label for citation in statement.citations())
    return f"{place(statement.path)} by {whose}: {' | '.join(held)} ({cited})"


def test_each_statement_of_an_actor_has_its_own_values(small: Graph) -> None:
    assert [*map(told, sourced_statements(small.archive.actors["lin-na"].model))] == [
        "account.0 by author: account.0.text The author has her praise the tax and pass over what"
        " it brought in [@p2]. = The author has her praise the tax and pass over what it brought"
        " in . | account.0.quote makes ships safer at night (p2)",
        "account.1 by editors: account.1.text The harbor's own record names her [@harbor-gazette]."
        " = The harbor’s own record names her . (harbor-gazette)",
        "roles.0 by author: roles.0.cites.0 p1 (p1)",
        "relations.0 by author: relations.0.cites.0 p1 (p1)",
        "stances.0 by quoted: stances.0.cites.0 p2 | stances.0.quote The lamp tax makes ships"
        " safer at night (p2)",
        " by the entry: summary The harbor master who announced the lamp tax [@p1]."
        " = The harbor master who announced the lamp tax . (p1)",
    ]


def test_what_an_argument_quotes_is_the_entry_s(small: Graph) -> None:
    assert [*map(told, sourced_statements(small.archive.arguments["tax-failed"].model))] == [
        "premises.0 by author: premises.0.text The fishermen “did not buy it” [@p3]."
        " = The fishermen “did not buy it” . (p3)",
        " by the entry: quotations.0.cites.0 p4 | summary The author's conclusion [@p4]."
        " = The author’s conclusion . | claim The lamp tax has failed and should be abolished."
        " = The lamp tax has failed and should be abolished. | quotations.0.text the lamp tax has"
        " failed (p4, p4)",
    ]
