"""Files -> a zip that has the same bytes whenever and wherever it is made of the same files."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can tell: there is no clock in a build."""
_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


def zipped(folder: str, files: Mapping[str, bytes]) -> bytes:
    """Return a zip with the files, sorted by name, in one folder."""
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        for name in sorted(files):
            entry = ZipInfo(f"{folder}/{name}", _LONG_AGO)
            entry.compress_type, entry.create_system, entry.external_attr = ZIP_DEFLATED, _UNIX, _PLAIN_FILE
            archive.writestr(entry, files[name], compresslevel=9)
    return content.getvalue()
