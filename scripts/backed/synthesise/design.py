"""What a weighted mean, or a weighted regression, leaves over: the projections that every estimator of tau² needs.

``P = W - W X (X'W X)⁻¹ X'W`` is never asked for as a whole; estimators need ``P y``, ``P u``, its diagonal and tr(PP).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Design(Protocol):
    """Effects with what they are explained by; ``y`` may hold several sets of k studies, one a row."""

    @property
    def y(self) -> Array:
        """Return the effects."""

    @property
    def freedom(self) -> int:
        """Return the number of studies less the number of coefficients."""

    def project(self, w: Array, u: Array) -> Array:
        """Return ``P u`` for the weights w."""

    def diagonal(self, w: Array) -> Array:
        """Return the diagonal of P."""

    def traces(self, w: Array) -> tuple[Array, Array]:
        """Return tr(P) and tr(PP), one of each for each set."""

    def log_determinant(self, w: Array) -> Array:
        """Return log det(X'WX), one for each set."""


@dataclass(frozen=True)
class OneMean:
    """All studies share one mean; sets of studies are handled at once."""

    y: Array

    @property
    def freedom(self) -> int:
        """Return k - 1."""
        return int(self.y.shape[-1]) - 1

    def project(self, w: Array, u: Array) -> Array:
        """Return w times the distance of u from its weighted mean."""
        mean = np.vecdot(w, u) / np.add.reduce(w, -1)
        projected: Array = w * (u - mean[..., None])
        return projected

    def diagonal(self, w: Array) -> Array:
        """Return w - w²/Σw."""
        diagonal: Array = w - w * w / w.sum(-1, keepdims=True)
        return diagonal

    def traces(self, w: Array) -> tuple[Array, Array]:
        """Return Σw - Σw²/Σw and Σw² - 2Σw³/Σw + (Σw²/Σw)²."""
        total, second = np.add.reduce(w, -1), np.vecdot(w, w)
        ratio = second / total
        return total - ratio, second - 2 * np.vecdot(w * w, w) / total + ratio * ratio

    def log_determinant(self, w: Array) -> Array:
        """Return log Σw."""
        return np.asarray(np.log(w.sum(-1)))


@dataclass(frozen=True)
class Regression:
    """One set of studies explained by the columns of ``x`` (k rows; the column of ones is one of them)."""

    y: Array
    x: Array

    @property
    def freedom(self) -> int:
        """Return the number of studies less the number of columns."""
        return int(self.x.shape[0] - self.x.shape[1])

    @cached_property
    def basis(self) -> Array:
        """Return the columns of x made orthogonal: the same model, steadier to compute."""
        return np.asarray(np.linalg.qr(self.x)[0], dtype=np.float64)

    def matrix(self, w: Array) -> Array:
        """Return P."""
        weighted = self.basis * w[:, None]
        p: Array = np.diag(w) - weighted @ np.linalg.solve(self.basis.T @ weighted, weighted.T)
        return p

    def project(self, w: Array, u: Array) -> Array:
        """Return ``P u``."""
        projected: Array = self.matrix(w) @ u
        return projected

    def diagonal(self, w: Array) -> Array:
        """Return the diagonal of P."""
        return np.diag(self.matrix(w))

    def traces(self, w: Array) -> tuple[Array, Array]:
        """Return tr(P) and tr(PP)."""
        p = self.matrix(w)
        return np.asarray(np.trace(p)), np.asarray((p * p).sum())

    def log_determinant(self, w: Array) -> Array:
        """Return log det(X'WX)."""
        return np.asarray(np.linalg.slogdet(self.x.T @ (self.x * w[:, None]))[1])

    def coefficients(self, w: Array) -> Array:
        """Return the weighted least-squares coefficients, in the order of the columns."""
        root = np.sqrt(w)
        q, r = np.linalg.qr(self.x * root[:, None])
        return np.asarray(np.linalg.solve(r, q.T @ (self.y * root)), dtype=np.float64)

    def covariance(self, w: Array) -> Array:
        """Return ``(X'WX)⁻¹``."""
        r = np.linalg.qr(self.x * np.sqrt(w)[:, None])[1]
        back = np.linalg.solve(r, np.eye(len(r)))
        covariance: Array = back @ back.T
        return covariance
