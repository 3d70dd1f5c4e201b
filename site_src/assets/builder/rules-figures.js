// Rules about figures that need nothing but the record and its vocabularies. Each is the twin of the Python rule of the
// same name, which explains it; tests/browser/test_builder_rules.py holds the two against each other on every example.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});
  const { Figure, printed } = builder;
  const rules = (builder.rules ??= {});

  /** A number as Python's `:g` prints it. */
  const short = (number) => String(Number(number.toPrecision(6)));

  const estimates = (effect) => [
    ...(effect.estimate ? [[["estimate"], effect.estimate]] : []),
    ...(effect.ci ?? []).map((bound, place) => [["ci", place], bound]),
    ...["lower", "upper"].filter((end) => effect.one_sided?.[end]).map((end) => [["one_sided", end], effect.one_sided[end]]),
  ];

  /** Whether a one-sided interval holds a value. */
  const holds = ({ lower, upper }, value) => (upper ? value <= upper.value : value >= lower.value);

  /** Every group of every effect of a study, with the path to it. */
  const groupsOf = (study) =>
    study.effects.flatMap((effect, index) =>
      effect.groups.map((group, position) => [["effects", index, "groups", position], group, effect]),
    );

  rules["ci-contains-estimate"] = function* ({ record }) {
    for (const [index, { ci, one_sided: side, estimate, source }] of record.effects.entries()) {
      const prints = source?.printed ? `the source prints "${source.printed}"` : "look at the source again";
      if (side && estimate && !holds(side, estimate.value)) {
        const message = `the one-sided interval with the bound ${side.upper ?? side.lower} does not contain the estimate ${estimate}`;
        yield [["effects", index, "one_sided"], message, `is it the other side's bound? ${prints}`];
      }
      if (!ci) continue;
      const [lower, upper] = ci;
      const at = ["effects", index, "ci"];
      if (lower.value > upper.value) {
        yield [at, `the lower bound ${lower} is above the upper bound ${upper}`, "the smaller number comes first"];
      } else if (estimate && !(lower.value <= estimate.value && estimate.value <= upper.value)) {
        yield [at, `the interval ${lower} to ${upper} does not contain the estimate ${estimate}`, `check for a typing slip; ${prints}`];
      }
    }
  };

  rules["ratio-is-positive"] = function* ({ record, facts }) {
    for (const [index, effect] of record.effects.entries()) {
      for (const [name, figure] of estimates(effect)) {
        const at = ["effects", index, ...name];
        if (facts.ratios.includes(effect.measure) && figure.value <= 0) {
          yield [at, `the ${effect.measure} cannot be ${figure}`, "is it a logarithm, or another measure?"];
        }
        if (["correlation", "risk-difference"].includes(effect.measure) && Math.abs(figure.value) > 1) {
          yield [at, `the ${effect.measure} cannot be ${figure}`, "it lies between -1 and 1"];
        }
      }
    }
    for (const [at, { correlation }] of groupsOf(record)) {
      if (Math.abs(correlation?.value) > 1) {
        yield [[...at, "correlation"], `the correlation cannot be ${correlation}`, "it lies between -1 and 1"];
      }
    }
  };

  /** What stands on the scale itself: [path, figure, what it is called, whether it is a change]. */
  const onScale = (group, changed) => [
    ...["mean", "median"].filter((name) => group[name]).map((name) => [[name], group[name], `a ${name}${changed ? " change" : ""}`, changed]),
    ...["iqr", "range"].flatMap((name) =>
      (group[name] ?? []).map((figure, place) => [[name, place], figure, changed ? "a change" : "a value", changed]),
    ),
    ...(group.start?.mean ? [[["start", "mean"], group.start.mean, "a mean", false]] : []),
  ];

  rules["scale-fits"] = function* ({ record, base }) {
    for (const [index, effect] of record.effects.entries()) {
      const instrument = base.vocabularies.instruments[effect.instrument];
      if (!instrument) continue;
      const at = ["effects", index];
      if (effect.outcome && instrument.outcome !== effect.outcome) {
        const message = `the instrument ${effect.instrument} measures ${instrument.outcome}, not ${effect.outcome}`;
        yield [[...at, "instrument"], message, "choose the instrument or the outcome that fits"];
      }
      if (!instrument.range) continue;
      const [low, high] = instrument.range.map(Number);
      for (const [name, figure] of estimates(effect)) {
        if (["mean-difference", "mean-change"].includes(effect.measure) && Math.abs(figure.value) > high - low) {
          yield [[...at, ...name], `a difference of ${figure} is wider than the scale ${short(low)} to ${short(high)}`, ""];
        }
      }
      for (const [position, group] of effect.groups.entries()) {
        for (const [name, figure, called, changed] of onScale(group, effect.values === "change")) {
          const [lowest, highest] = changed ? [low - high, high - low] : [low, high];
          if (figure.value < lowest || figure.value > highest) {
            const message = `${called} of ${figure} is not possible on the scale ${short(low)} to ${short(high)}`;
            yield [[...at, "groups", position, ...name], message, "is it of another row, or another scale?"];
          }
        }
      }
    }
  };

  rules["spread-positive"] = function* ({ record }) {
    const wrong = (figure) => figure && figure.value <= 0;
    const told = (figure) => [`a spread of ${figure} cannot be`, "look at the source again; leave out what it does not give"];
    for (const [at, group] of groupsOf(record)) {
      for (const name of ["sd", "se"]) if (wrong(group[name])) yield [[...at, name], ...told(group[name])];
      if (wrong(group.start?.sd)) yield [[...at, "start", "sd"], ...told(group.start.sd)];
    }
    for (const [index, { se }] of record.effects.entries()) if (wrong(se)) yield [["effects", index, "se"], ...told(se)];
  };

  rules["people-enough"] = function* ({ record }) {
    for (const [at, group] of groupsOf(record)) {
      const spread = ["sd", "se", "ci", "iqr", "range"].some((name) => group[name]);
      if (group.n < 2 && spread) yield [[...at, "n"], `a spread cannot rest on ${group.n} people`, "look at the source again"];
    }
  };

  rules["level-possible"] = function* ({ record }) {
    for (const [index, { level, one_sided: side }] of record.effects.entries()) {
      if (side?.level && !(side.level.value > 50 && side.level.value < 100)) {
        yield [["effects", index, "one_sided", "level"], `a one-sided interval at ${side.level}% cannot be`, 'write percent: "95", "97.5"'];
      }
      if (level && !(level.value >= 50 && level.value < 100)) {
        yield [["effects", index, "level"], `a confidence interval at ${level}% cannot be`, 'write percent: "95", "90", "99"'];
      }
    }
  };

  rules["quantiles-in-order"] = function* ({ record }) {
    for (const [at, group] of groupsOf(record)) {
      const [low, high] = group.range ?? [];
      const [first, third] = group.iqr ?? [];
      const known = [low, first, group.median, third, high].filter(Boolean).map((figure) => figure.value);
      if (known.some((value, place) => value < known[place - 1])) {
        const message = "median, quartiles and range are out of order";
        yield [[...at, group.iqr ? "iqr" : "range"], message, "lowest first, highest last"];
      }
      if (!group.ci) continue;
      const [lower, upper] = group.ci;
      const holds = !group.mean || (lower.value <= group.mean.value && group.mean.value <= upper.value);
      if (lower.value >= upper.value || !holds) {
        const message = `the interval ${lower} to ${upper} cannot be that of the mean`;
        yield [[...at, "ci"], message, "the lower bound comes first, and the mean lies between the two"];
      }
    }
  };

  rules["percent-possible"] = function* ({ record }) {
    const possible = (figure) => figure.value >= 0 && figure.value <= 100;
    for (const [at, { percent }] of groupsOf(record)) {
      if (percent && !possible(percent)) yield [[...at, "percent"], `${percent}% of people cannot be`, "is it a count?"];
    }
    for (const [index, { measure, estimate }] of record.effects.entries()) {
      if (measure === "proportion" && estimate && !possible(estimate)) {
        yield [["effects", index, "estimate"], `${estimate}% of people cannot be`, "is it a count?"];
      }
    }
  };

  rules["percent-fits-events"] = function* ({ record }) {
    for (const [at, { percent, events, n, person_time: time }] of groupsOf(record)) {
      if (!percent || events === undefined || !n || time) continue;
      const share = (100 * events) / n;
      if (Math.abs(share - percent.value) > percent.half + 1e-9) {
        const message = `${events} of ${n} is ${share.toFixed(percent.decimals + 1)}%, not ${percent}%`;
        yield [[...at, "percent"], message, "which of the three does the source give for this group?"];
      }
    }
  };

  rules["means-make-difference"] = function* ({ record }) {
    for (const [index, effect] of record.effects.entries()) {
      const { estimate, arms } = effect;
      if (effect.measure !== "mean-difference" || !estimate || !arms || effect.values === "adjusted" || effect.adjusted_for) continue;
      const seen = new Map(effect.groups.map((group) => [group.group, group.mean]));
      const [first, second] = [arms.intervention, arms.comparator].map((side) => side.length === 1 && seen.get(side[0]));
      if (!first || !second) continue;
      const difference = first.value - second.value;
      const room = first.half + second.half + estimate.half + 1e-9;
      if (Math.abs(difference - estimate.value) > room) {
        const digits = Math.max(first.decimals, second.decimals);
        const message = `the means ${first} and ${second} differ by ${difference.toFixed(digits)}, not ${estimate}`;
        yield [["effects", index, "estimate"], message, "adjusted? then say `values: adjusted`; otherwise check figures, signs and arms"];
      }
    }
  };

  rules["clusters-possible"] = function* ({ record }) {
    for (const [index, { clusters }] of record.effects.entries()) {
      const at = ["effects", index, "clusters"];
      if (clusters?.size?.value <= 1) {
        yield [[...at, "size"], `a cluster of ${clusters.size} is no cluster`, "give the mean number of people in one"];
      }
      if (clusters?.icc && !(clusters.icc.value >= 0 && clusters.icc.value <= 1)) {
        yield [[...at, "icc"], `an intracluster correlation of ${clusters.icc} cannot be`, "it lies between 0 and 1"];
      }
    }
  };

  rules["instrument-named"] = function* ({ record, base }) {
    const measured = new Set(Object.values(base.vocabularies.instruments).map((one) => one.outcome));
    for (const [index, { measure, instrument, outcome }] of record.effects.entries()) {
      if (measure === "mean-difference" && instrument === undefined && measured.has(outcome)) {
        const message = "a mean difference without an instrument cannot enter a pool";
        yield [["effects", index, "measure"], message, "name the instrument, or standardise the difference"];
      }
    }
  };

  /** Every value that passes a test inside a value, with its path. */
  const each = (value, test, at = []) => {
    if (test(value)) return [[at, value]];
    if (value === null || typeof value !== "object") return [];
    const inner = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
    return inner.flatMap(([step, one]) => each(one, test, [...at, step]));
  };
  const isFigure = (value) => value instanceof Figure;
  const isNumber = (value) => isFigure(value) || typeof value === "number";

  /** The numbers that sources print, and those worked out under `computed`: their size to how they are printed. */
  const knownFrom = (sources) => {
    const known = new Map();
    for (const source of sources) {
      for (const [size, text] of printed.numbersIn(source?.printed)) known.set(size, text);
      for (const line of source?.computed ?? []) {
        const stated = printed.computed(line)?.stated;
        if (stated) known.set(printed.size(stated), stated);
      }
    }
    return known;
  };

  const missing = function* (at, text, known, shown) {
    const number = printed.plain(String(text));
    const size = printed.size(number);
    if (known.has(size)) return;
    if (!shown?.trim()) {
      yield [at, `${number} has no printed form`, "add `printed` with the figures as the source prints them"];
      return;
    }
    const shifts = [-2, -1, 1, 2].map((power) => printed.scaled(size, power));
    const near = [...known.keys()].filter((one) => one !== "0" && shifts.includes(one)).sort((a, b) => a - b)[0];
    const guess = near ? `; did you mean ${known.get(near)}?` : "";
    yield [at, `${number} does not stand in the printed form`, `the source prints "${shown}"${guess}`];
  };

  /** The figures of an effect that stand in the printed form of its source. */
  const figuresOf = (effect) => {
    const { time, level, clusters, p, source, ...rest } = effect;
    const counted = ([at]) => ["n", "events", "studies", "participants"].includes(at.at(-1)) && at[0] !== "certainty";
    return [
      ...each(rest, isFigure).filter(([at]) => at.join() !== "one_sided,level"),
      ...(p ? [[["p"], p.replace(/^[<>= ]+/, "")]] : []),
      ...each(rest, (value) => typeof value === "number").filter(counted),
    ];
  };

  rules["figure-printed"] = function* ({ record }) {
    for (const [index, effect] of record.effects.entries()) {
      const known = knownFrom([effect.source]);
      for (const [at, figure] of figuresOf(effect)) yield* missing(["effects", index, ...at], figure, known, effect.source?.printed);
      const source = effect.clusters?.source;
      for (const name of effect.clusters ? ["size", "icc"] : []) {
        const figure = effect.clusters[name];
        if (figure) yield* missing(["effects", index, "clusters", name], figure, knownFrom([source]), source?.printed);
      }
    }
    const people = record.population;
    const known = knownFrom(people?.sources ?? []);
    const shown = (people?.sources ?? []).map((source) => source.printed ?? "").join(" … ");
    const counts = [
      ...["n", "age", "women"].flatMap((part) => each(people?.[part], isNumber, ["population", part])),
      ...(people?.groups ?? []).flatMap((group, index) => each(group.n, isNumber, ["population", "groups", index, "n"])),
      ...record.arms.flatMap((arm, index) => each(arm.n, isNumber, ["arms", index, "n"])),
      ...["studies", "participants"].flatMap((part) => each(record.review?.[part], isNumber, ["review", part])),
    ];
    for (const [at, number] of counts) yield* missing(at, number, known, shown);
  };

  rules["computed-is-right"] = function* ({ record, parts }) {
    const everything = knownFrom(record.population?.sources ?? []);
    for (const [at, source] of parts.Source ?? []) {
      const own = printed.numbersIn(source.printed);
      for (const [index, line] of source.computed.entries()) {
        const place = [...at, "computed", index];
        const found = printed.computed(line);
        if (!found) {
          yield [place, `'${line}' is not arithmetic with one result`, 'write it as "571 + 5210 = 5781"'];
          continue;
        }
        if (!found.agrees) yield [place, `the result is ${found.result}, not ${found.stated}`, ""];
        const unknown = [...found.used.keys()].filter((size) => !own.has(size) && !everything.has(size) && !["1", "100"].includes(size));
        if (unknown.length) {
          const first = found.used.get(unknown.sort((a, b) => a - b)[0]);
          yield [place, `${first} does not stand in the printed form`, "compute from printed figures only"];
        }
      }
    }
  };

  rules["count-no-percentage"] = function* ({ record }) {
    const onlyPercent = (count, sources) => {
      const number = new RegExp(`(?<![\\d.,\\u00b7])${count}(?![\\d\\u00b7]|[.,]\\d)(?<percent>\\s?(?:%|per\\s?cent))?`, "g");
      const seen = sources.flatMap((source) => [...(source?.printed ?? "").matchAll(number)]);
      const worked = sources.some((source) => (source?.computed ?? []).some((line) => line.match(number)));
      return seen.length > 0 && seen.every((one) => one.groups.percent) && !worked;
    };
    const { women, sources } = record.population ?? {};
    if (women?.n !== undefined && onlyPercent(women.n, sources)) {
      const message = `the source prints ${women.n}%, the record has ${women.n} women`;
      yield [["population", "women", "n"], message, "write it as `percent`"];
    }
    const printIt = "add the passage that prints the count itself to `printed`";
    const people = [
      ...["population", ...record.arms.keys()].flatMap((place) => {
        const [at, one] = place === "population" ? [[place], record.population] : [["arms", place], record.arms[place]];
        return Object.entries(one?.n ?? {}).map(([stage, count]) => [[...at, "n", stage], count, sources]);
      }),
      ...(record.population?.groups ?? []).map(({ n }, index) => [["population", "groups", index, "n"], n, sources]),
      ...groupsOf(record).map(([at, { n }, effect]) => [[...at, "n"], n, [effect.source]]),
    ];
    for (const [at, count, of] of people) {
      if (count !== undefined && onlyPercent(count, of ?? [])) {
        yield [at, `the source prints ${count}%, the record has ${count} people`, printIt];
      }
    }
    for (const [at, { events }, effect] of groupsOf(record)) {
      if (events !== undefined && onlyPercent(events, [effect.source])) {
        yield [[...at, "events"], `the source prints ${events}%, the record has ${events} events`, "write it as `percent`"];
      }
    }
  };

  Object.assign(builder, { groupsOf, short });
})();
