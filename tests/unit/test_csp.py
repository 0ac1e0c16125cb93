"""The content security policy of a page: what is hashed, what is refused, where ``rel`` is put."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from dossier.csp import own_scripts, refused, with_csp, with_rel, without_csp

THEME = [
    '<script>scope=new URL("{{ config.extra.scope | d(base_url) }}",location)</script>',
    "<script>go()</script>",
]
PAGE = (
    '<!doctype html><html><head><meta charset="utf-8"><title>t</title></head><body>%s</body></html>'
)


def allowed(html: str) -> set[str]:
    """The scripts' hashes in a page's CSP."""
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert found
    return set(re.findall(r"'sha256-([^']+)'", found[1]))


def digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def test_the_theme_s_scripts_are_named_by_hash_and_no_others() -> None:
    own = own_scripts(THEME)
    theme = ['scope=new URL("../..",location)', "go()"]
    foreign = [
        "evil()",
        'scope=new URL("..",evil())',
        'scope=new URL("",evil(),"",location)',
        "go();evil()",
    ]
    html = with_csp(PAGE % "".join(f"<script>{script}</script>" for script in theme + foreign), own)
    assert allowed(html) == {digest(script) for script in theme}
    assert len(refused(html, own)) == len(foreign) + 1  # and the CSP itself, which comes last


def test_the_csp_precedes_everything_that_it_governs() -> None:
    html = with_csp(PAGE % "")
    assert html.index("Content-Security-Policy") < html.index("<title>")
    with pytest.raises(ValueError, match="charset"):
        with_csp("<p>bare</p>")


@pytest.mark.parametrize(
    "bad",
    [
        "<script>evil()</script>",
            "<SCRIPT type=module>evil()</SCRIPT >", '<p onclick="evil()">', "<p ONCLICK=evil()>",
                                   '<p style="color:red">',
        "<style>p{}</style>", '<a href="javascript:evil()">', '<a href="java&#10;script:evil()">',
        "<a href='&#106;avascript:evil()'>",
        '<a href=" data:text/html,x">', "<a href=file:///etc/passwd>",
            '<a href="//x"><a href="ftp://x">', '<svg/onload="evil()">',
        '<meta http-equiv="refresh" content="0; '
        'url=https://example.org">', '<base href="https://example.org/">',
        '<iframe src="about.html">',
        '<form action="javascript:evil()">', '<svg><a xlink:href="javascript:evil()">',
    ],
)  # fmt: skip
def test_what_a_page_may_not_hold_is_named(bad: str) -> None:
    assert refused(PAGE % bad) != []


@pytest.mark.parametrize(
    "good",
    [
        '<script src="x.js" defer></script>', '<script type="application/ld+json">{"a": '
        '1}</script>', '<a href="https://example.org/a:b">',
        '<a href="mailto:a@example.org">', '<a href="../x.html#a:b">',
            "<p>Write style=&quot;x&quot; or onclick= or javascript:x</p>",
        '<p title="on time = late">', '<a data-entry="actor:nvidia" href="nvidia.html">',
                                      "<code>&lt;script&gt;evil()&lt;/script&gt;</code>",
    ],
)  # fmt: skip
def test_what_a_page_may_hold_passes(good: str) -> None:
    assert refused(PAGE % good) == []


def test_links_that_lead_out_say_so_once() -> None:
    html = with_rel(
        '<a class="x" href="https://a.example/">a</a><a href=//b.example>b</a><a rel="me" '
        'href="https://c.example">c</a><a href="d">d</a>'
    )
    assert html.count("external noopener noreferrer") == 2
    assert '<a rel="me"' in html
    assert '<a href="d">' in html


def test_a_development_server_can_lift_the_csp() -> None:
    html = with_csp(PAGE % "x").encode()
    assert b"Content-Security-Policy" not in without_csp(html)
    assert len(without_csp(html)) == len(html)
