// Everything that is found in a record while somebody types: faults of its form, and what the rules say.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});

  const SUBJECTS = {
    study:
      "main-report-identified id-and-path ci-contains-estimate ratio-is-positive scale-fits n-adds-up spread-positive " +
      "people-enough level-possible quantiles-in-order percent-possible percent-fits-events means-make-difference " +
      "clusters-possible instrument-named group-within-arm age-possible age-likely women-possible women-fit " +
      "count-no-percentage time-within-follow-up dates-in-order figure-printed computed-is-right contrast-named " +
      "registration-form registered-before-report secondary-says-via",
    claim: "departures-named",
    comparison: "comparison-sides",
  };
  const OF_ONE = Object.fromEntries(Object.entries(SUBJECTS).map(([kind, ids]) => [kind, new Set(ids.split(" "))]));
  const concerns = (id, kind) => !Object.entries(OF_ONE).some(([other, ids]) => other !== kind && ids.has(id));

  /** The main report: a publication of the draft, or one that stands elsewhere, of which less is known. */
  const mainReport = (key, works, base) => {
    const own = works.find((work) => work.key === key);
    if (own || !Object.hasOwn(base.references, key)) return own;
    const [, file, year, identified] = base.references[key];
    return { key, file, year, doi: identified ? "known" : "" };
  };

  /**
   * Every problem of a draft {kind, id, year, data, entries}: {rule, severity, at, message, hint}. `data` holds texts,
   * `entries` are the publications; the place of what concerns a publication begins with its key.
   */
  const check = ({ kind, id, year, data, entries = [] }) => {
    const base = builder.base;
    const { record, faults, terms, parts } = builder.read(kind, data);
    const works = entries.map(builder.work);
    const main = kind === "study" ? mainReport(record.reports?.[0], works, base) : undefined;
    const knows = (key) => Object.hasOwn(base.references, key) || works.some((work) => work.key === key);
    const context = { kind, id, year, record, terms, parts, works, main, knows, base, facts: base.facts };
    const waived = new Set((record.exceptions ?? []).map((waiver) => waiver.rule));
    const found = Object.entries(builder.rules)
      .filter(([rule]) => concerns(rule, kind) && !waived.has(rule))
      .flatMap(([rule, asks]) => [...asks(context)].map(([at, message, hint]) => ({ rule, at, message, hint })));
    return [...faults, ...found].map((one) => ({ ...one, severity: base.rules[one.rule] ?? "error" }));
  };

  Object.assign(builder, { check });
})();
