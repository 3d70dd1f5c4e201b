"""Programs that tests need of the computer: whether one answers, and getting it where that is allowed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence


def required() -> bool:
    """Return whether the tests that need a program must run, as they must in CI."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def apt_get() -> list[str] | None:
    """Return how to call apt-get without a question, or None where there is none or it may not be used."""
    if not shutil.which("apt-get"):
        return None
    quietly = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    if os.geteuid() == 0:
        return quietly
    allowed = shutil.which("sudo") and succeeds(["sudo", "-n", "true"], 10)
    return ["sudo", "-n", *quietly] if allowed else None


def install(packages: Sequence[str]) -> None:
    """Install Debian packages where that is allowed; whether it worked is for the caller to see."""
    by_apt = apt_get()
    if by_apt and succeeds([*by_apt, "-qq", "update"], 300):
        succeeds([*by_apt, "-qq", "install", "-y", *packages], 900)


def succeeds(command: Sequence[str], seconds: float) -> bool:
    """Return whether a command succeeds in time; what it prints is dropped, and what it started ends with it."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    try:
        return process.wait(seconds) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False


def provide(
    find: Callable[[], str | None], get: Callable[[], None] | None, what: str, missing: Callable[[], str]
) -> int:
    """Get what ``find`` looks for if it is not there; return 0, or 1 where it must be there and is not.

    ``get`` is None where nothing may be installed; ``missing`` gives the one line that is then printed.
    """
    if find():
        return 0
    if get is not None:
        print(f"installing {what} (once) …", flush=True)
        get()
        if find():
            return 0
    print(missing(), file=sys.stderr)
    return 1 if required() else 0
