// Rules about people, their numbers over time, and dates; twins of the Python rules of the same names, held against them.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});
  const { short } = builder;
  const rules = (builder.rules ??= {});

  const has = (value) => value !== undefined;
  const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

  rules["n-adds-up"] = function* ({ record }) {
    const n = record.population?.n ?? {};
    const at = ["population", "n"];
    const known = ["eligible", "enrolled", "randomised"].filter((stage) => has(n[stage]));
    for (const [place, later] of known.entries()) {
      const earlier = known[place - 1];
      if (n[later] > n[earlier]) yield [[...at, later], `${n[later]} ${later} of only ${n[earlier]} ${earlier}`, "a later stage cannot be larger"];
    }
    for (const stage of ["completed", "analysed"]) {
      const last = known.at(-1);
      if (n[stage] > n[last]) yield [[...at, stage], `${n[stage]} ${stage} of only ${n[last]} ${last}`, "a later stage cannot be larger"];
    }
    const randomised = record.arms.map((arm) => arm.n?.randomised);
    if (randomised.length && has(n.randomised) && randomised.every(has) && sum(randomised) !== n.randomised) {
      const message = `the arms sum to ${sum(randomised)} randomised, the whole study has ${n.randomised}`;
      yield [[...at, "randomised"], message, "is an arm missing, or were some left out later?"];
    }
    const grouped = (record.population?.groups ?? []).map((group) => group.n);
    if (grouped.length && grouped.every(has) && sum(grouped) > n.analysed) {
      yield [["population", "groups"], `the groups sum to ${sum(grouped)}, but only ${n.analysed} were analysed`, ""];
    }
    for (const [index, arm] of record.arms.entries()) {
      for (const stage of ["completed", "analysed"]) {
        if (arm.n?.[stage] > arm.n?.randomised) {
          yield [["arms", index, "n", stage], `${arm.n[stage]} ${stage} of only ${arm.n.randomised} randomised`, ""];
        }
      }
    }
    for (const [place, group] of builder.groupsOf(record)) {
      if (group.events > group.n && !group.person_time) {
        yield [[...place, "events"], `${group.events} people with the event of only ${group.n}`, ""];
      }
    }
  };

  rules["group-within-arm"] = function* ({ record }) {
    const n = record.population?.n ?? {};
    const whole = n.randomised ?? n.enrolled;
    for (const [index, effect] of record.effects.entries()) {
      for (const [position, group] of effect.groups.entries()) {
        const arm = record.arms.find((one) => one.id === group.group);
        const most = arm ? arm.n?.randomised : (record.population?.groups ?? []).find((one) => one.id === group.group)?.n;
        const counts = [[["n"], group.n], [["start", "n"], group.start?.n], [["events"], group.person_time ? undefined : group.events]];
        for (const [name, count] of counts) {
          if (count > most) {
            const message = `${count} people in \`${group.group}\`, which has only ${most}`;
            yield [["effects", index, "groups", position, ...name], message, "is it the number of another arm, or of the whole study?"];
          }
        }
      }
      const counts = effect.groups.map((group) => group.n);
      const names = new Set(effect.groups.map((group) => group.group));
      if (has(whole) && counts.length && counts.every(has) && names.size === counts.length && !record.review && sum(counts) > whole) {
        const message = `the groups sum to ${sum(counts)}, but only ${whole} took part`;
        yield [["effects", index, "groups"], message, "is one the number of all?"];
      }
      for (const name of ["studies", "participants"]) {
        const [part, all] = [effect.amount?.[name], record.review?.[name]];
        if (part > all) yield [["effects", index, "amount", name], `${part} ${name} of only ${all} in the review`, "a part is no larger than the whole"];
      }
    }
  };

  rules["age-possible"] = function* ({ record, facts }) {
    const age = record.population?.age;
    if (!age) return;
    const at = ["population", "age"];
    for (const name of ["min", "mean", "median", "max"]) {
      const value = age[name]?.value;
      if (value < 0 || value > facts.oldest) {
        yield [[...at, name], `an age of ${age[name]} years cannot be`, "is it a number of people, or in months?"];
      }
    }
    for (const name of ["mean", "median"]) {
      for (const [end, sign, word] of [[age.min, 1, "youngest"], [age.max, -1, "oldest"]]) {
        if (age[name] && end && sign * (end.value - age[name].value) > age[name].half) {
          yield [[...at, name], `a ${name} age of ${age[name]} cannot be: the ${word} is ${end}`, "are two of them exchanged?"];
        }
      }
    }
    if (!age.sd || !age.mean) return;
    const [low, high] = [age.min?.value ?? 0, age.max?.value ?? facts.oldest];
    const mean = Math.min(Math.max(age.mean.value, low), high);
    const most = Math.sqrt((mean - low) * (high - mean));
    if (age.sd.value <= 0 || age.sd.low > most * 1.02 + 0.5) {
      const message = `a standard deviation of ${age.sd} years cannot be with a mean of ${age.mean}`;
      yield [[...at, "sd"], message, `between ${short(low)} and ${short(high)} years it is at most ${most.toFixed(1)}`];
    }
  };

  rules["age-likely"] = function* ({ record, facts }) {
    const age = record.population?.age;
    const mean = age?.mean ?? age?.median;
    const value = mean?.value;
    if (value >= 0 && value <= facts.oldest && !(value >= facts.youngMean && value <= facts.oldMean)) {
      yield [["population", "age", age.mean ? "mean" : "median"], `a mean age of ${mean} is not likely`, "look at the source again"];
    }
    const sd = age?.sd;
    if (sd?.value > 0 && !(sd.value >= 1 && sd.value <= 25)) {
      const n = ["randomised", "enrolled", "analysed", "completed", "eligible"].map((name) => record.population.n?.[name]).find(has) ?? 0;
      const spread = n > 0 && n <= facts.most ? (sd.value * Math.sqrt(n)).toFixed(0) : "another size";
      const error = `as a standard error it makes a standard deviation of ${spread}`;
      yield [["population", "age", "sd"], `a standard deviation of ${sd} years is not likely`, sd.value < 1 ? error : "look at the source again"];
    }
  };

  rules["women-possible"] = function* ({ record }) {
    const { women, n } = record.population ?? {};
    if (women?.percent && !(women.percent.value >= 0 && women.percent.value <= 100)) {
      yield [["population", "women", "percent"], `${women.percent}% of people cannot be`, "is it a count? then it is `n`"];
    }
    const sizes = Object.values(n ?? {}).filter(has);
    if (sizes.length && women?.n > Math.max(...sizes)) {
      yield [["population", "women", "n"], `${women.n} women of ${Math.max(...sizes)} people`, "is it the number of all, or a percentage?"];
    }
  };

  rules["women-fit"] = function* ({ record, facts }) {
    const { women, n } = record.population ?? {};
    if (!has(women?.n) || !women.percent) return;
    const sizes = ["randomised", "enrolled", "analysed", "completed", "eligible"].map((stage) => n?.[stage]).filter(Boolean);
    if (!sizes.length || Math.max(women.n, ...sizes) > facts.most) return;
    const fits = (size) =>
      (100 * women.n) / size <= women.percent.high + 1e-9 &&
      (100 * women.n) / Math.ceil(size * (1 - facts.missing)) >= women.percent.low - 1e-9;
    if (sizes.some(fits)) return;
    const share = ((100 * women.n) / sizes[0]).toFixed(women.percent.decimals + 1);
    const message = `${women.n} women of ${sizes[0]} people is ${share}%, not ${women.percent}%`;
    yield [["population", "women", "percent"], message, "which of the three does the source give?"];
  };

  const UNITS = { days: 1 / 7, weeks: 1, months: 365.25 / 84, years: 365.25 / 7 };
  const amount = (time) => Object.entries(time).find(([unit, figure]) => unit in UNITS && figure);
  const inWeeks = (time) => amount(time)[1].value * UNITS[amount(time)[0]];
  const spoken = (time) => {
    const [unit, figure] = amount(time);
    return `${figure} ${figure.text === "1" ? unit.slice(0, -1) : unit}`;
  };

  rules["time-within-follow-up"] = function* ({ record, facts }) {
    const longest = record.design?.follow_up;
    if (!longest) return;
    const same = (weeks, other) => Math.abs(weeks - other) <= facts.sameTime * Math.max(weeks, other);
    for (const [index, { time }] of record.effects.entries()) {
      if (!time || inWeeks(time) <= inWeeks(longest) * (1 + facts.sameTime)) continue;
      const [unit, figure] = amount(time);
      const other = ["days", "weeks", "months"].find((one) => one !== unit && same(figure.value * UNITS[one], inWeeks(longest)));
      const hint = other ? `is it ${figure} ${other}?` : "is the unit right? or is `design.follow_up` not the longest?";
      yield [["effects", index, "time"], `${spoken(time)} is later than the longest follow-up, ${spoken(longest)}`, hint];
    }
  };

  rules["dates-in-order"] = function* ({ record, main }) {
    const year = /^\d{4}$/.test(main?.year ?? "") ? Number(main.year) : undefined;
    const { on: made, checked_by: checked } = record.extraction ?? {};
    if (year > Number(made?.slice(0, 4)) + 1) {
      yield [["extraction", "on"], `extracted on ${made}, but the main report is of ${year}`, "correct the date, or the year in the .bib"];
    }
    if (made && checked?.on < made) {
      const message = `checked on ${checked.on}, before the extraction on ${made}`;
      yield [["extraction", "checked_by", "on"], message, "are the two dates exchanged?"];
    }
    const beforePaper = function* (day, at, what) {
      const [ofDay, month] = day.split("-").map(Number);
      if (has(month) && !(month >= 1 && month <= 12)) yield [at, `there is no month ${month}`, "write year, month, day: 2018-04-27"];
      if (ofDay > year) yield [at, `${what} ${day}, but published in ${year}`, "that comes before the publication"];
      else if (made && day > made) yield [at, `${what} ${day}, after this record was made`, "that comes before the record"];
    };
    const searched = record.review?.searched_to;
    if (searched) yield* beforePaper(searched, ["review", "searched_to"], "searched to");
    for (const [index, entry] of record.registration.entries()) {
      if (entry.on) yield* beforePaper(entry.on, ["registration", index, "on"], "registered");
    }
    const { first, last } = record.population?.recruited ?? {};
    const at = ["population", "recruited"];
    for (const [end, day] of [["first", first], ["last", last]]) {
      if (day) yield* beforePaper(day, [...at, end], `the ${end} person recruited`);
    }
    const known = Math.min(first?.length, last?.length);
    if (first && last && first.slice(0, known) > last.slice(0, known)) {
      const message = `the last person was recruited in ${last}, the first in ${first}`;
      yield [[...at, "last"], message, "are the two dates exchanged?"];
    }
    const { state, on } = record.status ?? {};
    if (Number(on?.slice(0, 4)) < year) {
      const message = `\`${state ?? "current"}\` since ${on}, before the main report of ${year}`;
      yield [["status", "on"], message, "correct the date, or the year in the .bib"];
    }
  };

  rules["second-person"] = function* ({ record }) {
    const made = record.extraction;
    const plain = (name) => name.split(/\s+/).filter(Boolean).join(" ").toLowerCase();
    const others = [
      [["extraction", "second", "by"], made?.second?.by, made?.by],
      [["extraction", "checked_by", "name"], made?.checked_by?.name, made?.by],
      [["checked_by", "name"], record.checked_by?.name, record.reviewed?.by],
    ];
    for (const [at, name, by] of others) {
      if (name && by && plain(name) === plain(by)) {
        yield [at, `\`${name}\` made the record`, "a second look is another person's; else leave it out"];
      }
    }
  };

  Object.assign(builder, { spokenTime: spoken });
})();
