"""Readers' reports of mistakes: what a page says of itself for them, and where they can be sent.

Nothing is sent from a page. A report is an address that opens a form or a mail with much of it filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from .places import settings

FORM = "correction.yml"
"""The issue form for corrections, in ``.github/ISSUE_TEMPLATE``; its ids are the names of the values below."""

_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_MAIL = re.compile(r"[^\s@<>()\",:;?&%]+@[^\s@<>()\",:;?&%]+")


@dataclass(frozen=True)
class Reports:
    """What is the same on every page: where new issues are opened, the mail address (either may be ''), the version."""

    issues: str
    mail: str
    version: str

    @classmethod
    def of(cls, config: MkDocsConfig, as_of: str) -> Reports:
        """Return where the reports of a site go; ``PluginError`` for a mail address or a commit that is none.

        ``as_of`` is the newest date in the evidence: with the commit, if the build was told it, that is all a build
        without a clock knows of its version.
        """
        commit, mail = (str(settings(config).get(name) or "") for name in ("commit", "mail"))
        if commit and not _COMMIT.fullmatch(commit):
            raise PluginError(f"BACKED_COMMIT is the whole id of a commit (40 hexadecimal digits), not {commit!r}")
        if mail and not _MAIL.fullmatch(mail):
            raise PluginError(f"BACKED_MAIL is one plain mail address, as name@example.org, not {mail!r}")
        version = ", ".join([f"records of {as_of}"] * bool(as_of) + [f"commit {commit}"] * bool(commit))
        return cls(f"{config.repo_url.rstrip('/')}/issues/new" if config.repo_url else "", mail, version)

    def address(self, page: str, file: str) -> str:
        """Return where a page's plain link leads: a new issue, else a mail draft, else ''."""
        about = {"page": page, "file": file, "version": self.version}
        title = f"Correction: {record(file) or page}"
        if self.issues:
            return f"{self.issues}?{urlencode({'template': FORM, 'title': title, **about})}"
        if self.mail:
            lines = [f"{name.capitalize()}: {value}" for name, value in about.items() if value]
            body = "\r\n".join([*lines, "", "What is wrong, and how do you know (source, page)?", ""])
            return f"mailto:{quote(self.mail, safe='@')}?subject={quote(title)}&body={quote(body)}"
        return ""

    def of_page(self, page: str, file: str, otherwise: str = "") -> Mapping[str, str]:
        """Return what the template at a page's foot needs; empty where no report could go anywhere.

        ``page`` is its address, ``file`` the file in the repository that it is made from (or ''); ``otherwise`` is
        where the plain link leads if neither issues nor mails are taken: the page that explains how to report.
        """
        href = self.address(page, file) or otherwise
        known = {"href": href, "page": page, "file": file, "record": record(file)}
        return {**known, "issues": self.issues, "mail": self.mail, "version": self.version} if href else {}


def record(file: str) -> str:
    """Return the id of the record in a file: its name without its ending."""
    return PurePosixPath(file).stem
