"""The published formulas by which a recorded figure is brought to an effect size; a page of the site lists them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Formula:
    """One formula: what it gives, how, and where it is published; ``approximates`` where it is not exact."""

    id: str
    title: str
    formula: str
    source: str
    approximates: bool = False


def _handbook(section: str) -> str:
    return f"Cochrane Handbook for Systematic Reviews of Interventions, version 6.5 (2024), section {section}"


_WAN = "Wan, Wang, Liu and Tong 2014, BMC Med Res Methodol 14:135, doi:10.1186/1471-2288-14-135"
_LUO = "Luo, Wan, Liu and Tong 2018, Stat Methods Med Res 27:1785-1805, doi:10.1177/0962280216669183"
_HEDGES = "Hedges 1981, J Educ Stat 6:107-128, doi:10.3102/10769986006002107"
_METAFOR = "Viechtbauer 2010, J Stat Softw 36(3):1-48, doi:10.18637/jss.v036.i03 (metafor, escalc)"
_OURS = "A choice of this project, said wherever it is made"

_ARMS = (
    Formula(
        "n-of-arm",
        "People in an arm, where the result does not say",
        "n = the number analysed in the arm as the trial reports it",
        _OURS,
    ),
    Formula(
        "n-randomised",
        "People in an arm, where only those randomised are known",
        "n = the number randomised to the arm",
        _OURS,
        approximates=True,
    ),
    Formula("sd-from-se", "SD from the standard error of a mean", "SD = SE × √n", _handbook("6.5.2.2")),
    Formula(
        "sd-from-interval",
        "SD from the 95% confidence interval of a mean",
        "SD = √n × (upper − lower) / (2 × t), t with n − 1 degrees of freedom",
        _handbook("6.5.2.2"),
    ),
    Formula(
        "mean-from-range",
        "Mean from the median and the range",
        "mean = w × (lowest + highest)/2 + (1 − w) × median, w = 4/(4 + n^0.75)",
        _LUO,
        approximates=True,
    ),
    Formula(
        "mean-from-quartiles",
        "Mean from the median and the quartiles",
        "mean = w × (q1 + q3)/2 + (1 − w) × median, w = 0.7 + 0.39/n",
        _LUO,
        approximates=True,
    ),
    Formula(
        "mean-from-both",
        "Mean from the median, the quartiles and the range",
        "mean = w1 × (lowest + highest)/2 + w2 × (q1 + q3)/2 + (1 − w1 − w2) × median, "
        "w1 = 2.2/(2.2 + n^0.75), w2 = 0.7 − 0.72/n^0.55",
        _LUO,
        approximates=True,
    ),
    Formula(
        "sd-from-range",
        "SD from the range",
        "SD = (highest − lowest) / (2 × z), z = Φ⁻¹((n − 0.375)/(n + 0.25))",
        _WAN,
        approximates=True,
    ),
    Formula(
        "sd-from-quartiles",
        "SD from the quartiles",
        "SD = (q3 − q1) / (2 × z), z = Φ⁻¹((0.75 n − 0.125)/(n + 0.25))",
        _WAN,
        approximates=True,
    ),
    Formula(
        "sd-from-both",
        "SD from the quartiles and the range",
        "the mean of the SD from the range and the SD from the quartiles",
        _WAN,
        approximates=True,
    ),
    Formula(
        "change-from-ends",
        "Change from the values at the start and at the end",
        "mean change = end − start, SD = √(SD start² + SD end² − 2 × r × SD start × SD end)",
        _handbook("6.5.2.8"),
    ),
    Formula(
        "events-from-percent",
        "Events from a percentage",
        "events = percent × n / 100, to the nearest whole number",
        _handbook("6.4"),
    ),
    Formula(
        "arms-combined-means",
        "Several arms taken together: means",
        "n = Σn, mean = Σ(n × mean)/Σn, SD² = (Σ(n − 1) SD² + Σn (mean − overall mean)²) / (Σn − 1)",
        _handbook("6.5.2.10 (formulae of table 6.5.a) and 23.3.4"),
    ),
    Formula(
        "arms-combined-counts",
        "Several arms taken together: events",
        "people, events and time at risk are added up",
        _handbook("23.3.4"),
    ),
    Formula(
        "control-split",
        "A control group shared by several comparisons",
        "people and events are divided by the number of comparisons; mean and SD stay",
        _handbook("23.3.4"),
    ),
    Formula(
        "effective-size",
        "Groups randomised: the effective number of people",
        "n and events are divided by the design effect 1 + (people in a cluster − 1) × ICC",
        _handbook("23.1.4"),
        approximates=True,
    ),
    Formula(
        "inflated-variance",
        "Groups randomised: a wider standard error",
        "SE × √design effect, design effect = 1 + (people in a cluster − 1) × ICC",
        _handbook("23.1"),
        approximates=True,
    ),
)

_CONTRASTS = (
    Formula("se-as-printed", "Standard error as the source gives it", "SE", _handbook("6.3.1")),
    Formula(
        "se-from-interval",
        "Standard error from a confidence interval",
        "SE = (upper − lower) / (2 × z), z = 1.96 for a 95% interval",
        _handbook("6.3.1"),
    ),
    Formula(
        "se-from-interval-t",
        "Standard error from a confidence interval in a small trial (under 60 people in a group)",
        "SE = (upper − lower) / (2 × t), t with n1 + n2 − 2 degrees of freedom",
        _handbook("6.5.2.3"),
    ),
    Formula(
        "se-from-one-side",
        "Standard error from a one-sided interval",
        "SE = |bound − estimate| / z, z = 1.645 for a one-sided 95% interval, 1.96 for 97.5%; t in a small trial; "
        "of the logarithm for ratios, of Fisher's z for correlations",
        _handbook("6.3.1") + ": half of the two-sided interval that leaves as much out above as below",
    ),
    Formula(
        "log-se-from-interval",
        "Standard error of a ratio from its confidence interval",
        "SE of the logarithm = (ln upper − ln lower) / (2 × z)",
        _handbook("6.3.2"),
    ),
    Formula(
        "z-from-interval",
        "Standard error of a correlation from its confidence interval",
        "SE of Fisher's z = (artanh upper − artanh lower) / (2 × z)",
        "Fisher 1921, Metron 1:3-32",
    ),
    Formula("se-from-t", "Standard error from a t statistic", "SE = |difference / t|", _handbook("6.5.2.3")),
    Formula(
        "t-from-p",
        "t statistic from a p-value",
        "t = the quantile of the t distribution at 1 − p/2, n1 + n2 − 2 degrees of freedom (normal if n is unknown)",
        _handbook("6.5.2.3"),
    ),
    Formula(
        "z-from-p",
        "z statistic from a p-value",
        "z = the quantile of the normal distribution at 1 − p/2; SE = |estimate / z|, for ratios of the logarithm",
        _handbook("6.3.2"),
    ),
    Formula(
        "p-bound",
        "A p-value given as smaller than a limit",
        "the limit is taken, which gives the largest standard error the p-value allows",
        _handbook("6.5.2.3"),
        approximates=True,
    ),
    Formula(
        "sd-within-from-se",
        "SD within the groups from the standard error of a difference",
        "SD = SE / √(1/n1 + 1/n2)",
        _handbook("6.5.2.3"),
    ),
)

_MEASURES = (
    Formula("mean-difference", "Mean difference", "MD = mean1 − mean2, SE = √(SD1²/n1 + SD2²/n2)", _handbook("6.5.1")),
    Formula(
        "difference-as-printed",
        "Mean difference as the source prints it",
        "MD = the difference printed, SE from the arms: two rounded means are less exact than it is",
        _OURS,
    ),
    Formula(
        "adjusted-without-spread",
        "Adjusted mean difference printed without its interval",
        "MD = the adjusted difference printed, SE from the arms, as a rule wider than that of the adjusted one",
        _OURS,
        approximates=True,
    ),
    Formula(
        "pooled-sd",
        "SD within both groups together",
        "SD = √(((n1 − 1) SD1² + (n2 − 1) SD2²) / (n1 + n2 − 2))",
        _handbook("6.5.1"),
    ),
    Formula(
        "hedges-g",
        "Standardised mean difference (Hedges' g)",
        "g = J × MD / SD, J = Γ(f/2) / (√(f/2) × Γ((f − 1)/2)), f = n1 + n2 − 2; "
        "variance = (SE/SD)² + g²/(2 (n1 + n2)), with (SE/SD)² = 1/n1 + 1/n2 from arms",
        _HEDGES,
    ),
    Formula(
        "d-from-t",
        "Standardised mean difference from a t statistic",
        "d = t × √(1/n1 + 1/n2), then corrected as Hedges' g",
        _HEDGES,
    ),
    Formula(
        "variance-of-g",
        "Variance of a printed standardised mean difference",
        "variance = 1/n1 + 1/n2 + g²/(2 (n1 + n2))",
        _HEDGES,
    ),
    Formula(
        "ratio-of-means",
        "Ratio of means",
        "ln(mean1/mean2), variance = SD1²/(n1 mean1²) + SD2²/(n2 mean2²)",
        _handbook("6.5.1"),
    ),
    Formula(
        "risk-ratio",
        "Risk ratio",
        "ln((a/n1) / (c/n2)), variance = 1/a − 1/n1 + 1/c − 1/n2",
        _handbook("6.4.1") + "; " + _METAFOR,
    ),
    Formula(
        "odds-ratio",
        "Odds ratio",
        "ln((a d) / (b c)), variance = 1/a + 1/b + 1/c + 1/d",
        _handbook("6.4.1") + "; " + _METAFOR,
    ),
    Formula(
        "risk-difference",
        "Risk difference",
        "a/n1 − c/n2, variance = a b/n1³ + c d/n2³",
        _handbook("6.4.1") + "; " + _METAFOR,
    ),
    Formula(
        "peto-odds-ratio",
        "Peto odds ratio",
        "(observed − expected events) / V, variance = 1/V, V the hypergeometric variance",
        "Yusuf, Peto, Lewis, Collins and Sleight 1985, Prog Cardiovasc Dis 27:335-371, "
        "doi:10.1016/S0033-0620(85)80003-7",
    ),
    Formula(
        "rate-ratio",
        "Rate ratio",
        "ln((events1/time1) / (events2/time2)), variance = 1/events1 + 1/events2",
        _handbook("6.7"),
    ),
    Formula(
        "half-added",
        "No event, or nothing but events, in an arm",
        "1/2 is added to every cell of the table (for rates: to both numbers of events)",
        _handbook("10.4.4") + "; " + _METAFOR,
    ),
    Formula(
        "fisher-z",
        "Correlation as Fisher's z",
        "z = artanh(r), variance = 1/(n − 3)",
        "Fisher 1921, Metron 1:3-32",
    ),
    Formula("change-in-group", "Mean change in one group", "SE = SD / √n", _handbook("6.5.2.2")),
    Formula(
        "rescaled",
        "Another instrument, rescaled",
        "value × (width of the scale of the question) / (width of the instrument)",
        "Thorlund, Walter, Johnston, Furukawa and Guyatt 2011, Res Synth Methods 2:188-203, doi:10.1002/jrsm.46",
    ),
    Formula(
        "sign-turned",
        "An instrument that runs the other way",
        "value × −1",
        _handbook("6.5.1"),
    ),
)

FORMULAS: Mapping[str, Formula] = {one.id: one for one in (*_ARMS, *_CONTRASTS, *_MEASURES)}
"""Every formula by its id, which a ``Step`` names, in the order in which they come into use."""
