"""`python -m backed` is `backed`."""

from .cli import main

main()
