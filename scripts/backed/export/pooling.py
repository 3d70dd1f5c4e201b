"""What pooling made of a table as JSON, under the key names of metafor."""

from __future__ import annotations

import json
import math
from dataclasses import asdict
from typing import Any

from ..model import Pooling

INFLUENCE = {"cook": "cook_d", "tau2": "tau2_del", "QE": "QE_del", "influential": "inf"}
"""Names of metafor's that say more than ours."""


def pooling_json(pooling: Pooling) -> str:
    """Return a JSON object with slab, yi, vi, beta, se, ci_lb and so on; null for what does not exist."""
    whole = asdict(pooling)
    whole["slab"] = whole.pop("labels")
    whole |= whole.pop("pooled")
    if whole["influence"]:
        whole["influence"] = {INFLUENCE.get(key, key): value for key, value in whole["influence"].items()}
    return json.dumps(_finite(whole), indent=2, allow_nan=False)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
