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
    """What is the same on every page: where new issues are opened, the mail address (either may be ''),
    the newest date in the evidence, the commit."""

    issues: str
    mail: str
    as_of: str
    commit: str

    @classmethod
    def of(cls, config: MkDocsConfig, as_of: str) -> Reports:
        """Return where the reports of a site go; ``PluginError`` for a mail address or a commit that is none.

        ``as_of`` is the newest date in the evidence.
        """
        commit, mail = (str(settings(config).get(name) or "") for name in ("commit", "mail"))
        if commit and not _COMMIT.fullmatch(commit):
            raise PluginError(f"BACKED_COMMIT is the whole id of a commit (40 hexadecimal digits), not {commit!r}")
        if mail and not _MAIL.fullmatch(mail):
            raise PluginError(f"BACKED_MAIL is one plain mail address, as name@example.org, not {mail!r}")
        issues = f"{config.repo_url.rstrip('/')}/issues/new" if config.repo_url else ""
        return cls(issues, mail, as_of, commit)

    def version(self, records: str) -> str:
        """Return what a report calls the version of a page: the state of its records, and the commit if it is known.

        A build has no clock: that is all it knows. Pages made from the whole evidence are as of its newest date; those
        of some records bring their own version, so that they stay as they are when others change.
        """
        return ", ".join([f"records of {records}"] * bool(records) + [f"commit {self.commit}"] * bool(self.commit))

    def address(self, page: str, file: str, version: str) -> str:
        """Return where a page's plain link leads: a new issue, else a mail draft, else ''."""
        about = {"page": page, "file": file, "version": version}
        title = f"Correction: {record(file) or page}"
        if self.issues:
            return f"{self.issues}?{urlencode({'template': FORM, 'title': title, **about})}"
        if self.mail:
            lines = [f"{name.capitalize()}: {value}" for name, value in about.items() if value]
            body = "\r\n".join([*lines, "", "What is wrong, and how do you know (source, page)?", ""])
            return f"mailto:{quote(self.mail, safe='@')}?subject={quote(title)}&body={quote(body)}"
        return ""

    def of_page(self, page: str, file: str, version: str, otherwise: str = "") -> Mapping[str, str]:
        """Return what the template at a page's foot needs; empty where no report could go anywhere.

        ``page`` is its address, ``file`` the file in the repository that it is made from (or ''); ``otherwise`` is
        where the plain link leads if neither issues nor mails are taken: the page that explains how to report.
        """
        href = self.address(page, file, version) or otherwise
        known = {"href": href, "page": page, "file": file, "record": record(file)}
        return {**known, "issues": self.issues, "mail": self.mail, "version": version} if href else {}


def record(file: str) -> str:
    """Return the id of the record in a file: its name without its ending."""
    return PurePosixPath(file).stem
