"""Backed: study records, checked, synthesised and rendered into a cited site."""

__version__ = "0.1.0"
