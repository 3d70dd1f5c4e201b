"""A site put in the place of another, whole.

Where the system can exchange two names in one step, there is no moment without a site; elsewhere there is a short one,
and a run that is stopped in it is mended by the next.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux' renameat2(2): both names change hands in one step."""


def put_in_place(new: Path, site: Path) -> None:
    """Give the folder ``new`` the name of the site; the one that had it is removed. OSError leaves that as it was."""
    if not site.exists():
        new.rename(site)
    elif _exchanged(new, site):
        shutil.rmtree(new, ignore_errors=True)
    else:
        _one_after_the_other(new, site)


def mend(site: Path) -> None:
    """Bring back the site where an earlier run was stopped between taking the old one away and putting the new one."""
    old = _old(site)
    if old.exists() and not site.exists():
        old.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def _one_after_the_other(new: Path, site: Path) -> None:
    old = _old(site)
    site.rename(old)
    try:
        new.rename(site)
    except OSError:
        old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _old(site: Path) -> Path:
    return site.with_name(f".{site.name}.old")


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step, and say whether the system can: Linux on most file systems."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    here = -100  # AT_FDCWD
    return rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), _EXCHANGE) == 0
