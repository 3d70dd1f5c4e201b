// Rules about names: ids, terms, records, works and their identifiers; twins of the Python rules, held against them.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});
  const rules = (builder.rules ??= {});

  const whole = (pattern, flags = "") => new RegExp(`^(?:${pattern})$`, flags);
  const sorted = (names) => [...names].sort().join(", ");

  rules["id-and-path"] = function* ({ record, id, year, main }) {
    const report = record.reports[0];
    if (report !== undefined && report !== id) {
      const message = `the main report is \`${report}\`, but the file is called \`${id}\``;
      yield [["reports", 0], message, `use the key \`${id}\` in the .bib and here`];
    }
    if (year !== undefined && !/^\d{4}$/.test(year)) {
      yield [[], `the folder \`${year}\` is not a year`, "studies stand in studies/<year>/"];
    } else if (main?.year && year !== undefined && main.year !== year) {
      const message = `the main report is of ${main.year}, but the record stands in ${year}/`;
      yield [[], message, `move both files to studies/${main.year}/, or correct the year in the .bib`];
    }
    if (main?.file) yield [["reports", 0], `the main report stands in ${main.file}`, "put it in the .bib beside the record"];
  };

  rules["ids-within-unique"] = function* ({ record }) {
    const lists = [[["population", "groups"], record.population?.groups]];
    for (const name of ["arms", "effects", "findings", "passages", "outcomes"]) lists.push([[name], record[name]]);
    for (const [at, items] of lists) {
      const ids = (Array.isArray(items) ? items : []).map((item) => item.id);
      for (const [index, one] of ids.entries()) {
        if (one !== undefined && ids.indexOf(one) !== index) {
          const times = ids.filter((other) => other === one).length;
          yield [[...at, index, "id"], `the id \`${one}\` is used ${times} times`, "rename one of them"];
        }
      }
    }
  };

  /** The keys cited in a text as [@key]. */
  const citations = (text) => (text ?? "").split("[@").slice(1).map((part) => part.split("]")[0].trim());

  rules["reference-exists"] = function* ({ kind, record, parts, knows }) {
    const cited = kind === "study" ? record.reports.map((key, index) => [["reports", index], key]) : [];
    for (const [at, source] of parts.Source ?? []) {
      for (const name of ["report", "via"]) if (source[name] !== undefined) cited.push([[...at, name], source[name]]);
    }
    for (const [at, text] of parts.Text ?? []) {
      for (const language of ["en", "nl"]) for (const key of citations(text[language])) cited.push([[...at, language], key]);
    }
    for (const [at, key] of cited) {
      if (!knows(key)) yield [at, `no .bib file has the key \`${key}\``, "add the entry, or correct the key"];
    }
    for (const [at, source] of kind === "study" ? (parts.Source ?? []) : []) {
      if (source.report !== undefined && !record.reports.includes(source.report) && ["effects", "findings", "population"].includes(at[0])) {
        const message = `\`${source.report}\` is not one of this study's reports`;
        yield [[...at, "report"], message, "name one of `reports`, and the work it was seen in under `via`"];
      }
    }
  };

  rules["main-report-identified"] = function* ({ main }) {
    if (main && !main.doi && !main.pmid) {
      yield [["reports", 0], `the main report \`${main.key}\` has neither DOI nor PMID`, "add its DOI or PMID to the publication"];
    }
  };

  /** Every record that a record names: [place, folder, id]. */
  const pointed = function* ({ kind, record, base }) {
    const folder = base.folders[kind];
    for (const [index, one] of (record.related ?? []).entries()) yield [["related", index, "study"], "studies", one.study];
    for (const [index, id] of (record.review?.includes ?? []).entries()) yield [["review", "includes", index], "studies", id];
    for (const [index, one] of (record.exclude ?? []).entries()) yield [["exclude", index, "study"], "studies", one.study];
    for (const [index, question] of (record.outcomes ?? []).entries()) {
      for (const name of ["anchor", "single"]) yield [["outcomes", index, name, "study"], "studies", question[name]?.study];
    }
    if (kind === "claim") {
      yield [["article"], "articles", record.article];
      yield [["evidence", "comparison"], "comparisons", record.evidence?.comparison];
      for (const [index, asked] of record.also.entries()) yield [["also", index, "comparison"], "comparisons", asked.comparison];
      for (const name of ["rests_on", "judgement"]) {
        for (const [index, id] of (record[name]?.studies ?? []).entries()) yield [[name, "studies", index], "studies", id];
      }
    }
    yield [["status", "by"], folder, record.status?.by];
  };

  rules["record-exists"] = function* (context) {
    for (const [at, folder, name] of pointed(context)) {
      if (name !== undefined && !context.base.records[folder].includes(name) && name !== context.id) {
        yield [at, `there is no record \`${name}\` in ${folder}/`, "correct the id, or add the record"];
      }
    }
  };

  /** The term of which a label or a synonym is a name; nothing where none is or several are. */
  const called = (name, terms) => {
    const found = Object.keys(terms).filter((key) => {
      const { label, words, retired } = terms[key];
      return !retired && [label, ...words].some((word) => builder.slug(word) === name);
    });
    return found.length === 1 ? found[0] : undefined;
  };

  const namesOf = ([value, { label, words }]) => ({ value, words: [label, ...words] });
  const nearTerm = (term, name, terms) => {
    const known = Object.entries(terms).filter(([, { retired }]) => !retired).map(namesOf);
    const close = builder.nearest(term, known);
    return close.length ? `near it: ${close.join(", ")}` : `nothing near it; look through the list, or add it to vocabularies/${name}.yaml`;
  };

  /** Terms with the vocabulary they belong to; a field of two vocabularies is named after its own. */
  const placed = ({ terms }) => terms.map(([at, names, term]) => [at, names.find((name) => name === `${at[0]}s`) ?? names[0], term]);

  rules["term-exists"] = function* (context) {
    for (const [at, name, term] of placed(context)) {
      const terms = context.base.vocabularies[name];
      if (!Object.hasOwn(terms, term)) {
        const meant = called(term, terms);
        const message = `\`${term}\` is no term of ${name}`;
        yield meant ? [at, `${message}, but a name of \`${meant}\``, `write \`${meant}\``] : [at, message, nearTerm(term, name, terms)];
      }
    }
  };

  rules["term-not-retired"] = function* (context) {
    for (const [at, name, term] of placed(context)) {
      const { retired } = context.base.vocabularies[name][term] ?? {};
      if (retired) {
        const use = retired.use ? `use \`${retired.use}\`` : "choose another term";
        yield [at, `\`${term}\` is retired since ${retired.on}: ${retired.reason}`, use];
      }
    }
  };

  rules["contrast-named"] = function* ({ record, facts }) {
    const arms = record.arms.map((arm) => arm.id).filter(Boolean);
    const groups = [...arms, ...(record.population?.groups ?? []).map((group) => group.id).filter(Boolean)];
    for (const [index, effect] of record.effects.entries()) {
      const at = ["effects", index];
      if (effect.measure && !effect.arms && !effect.versus && !effect.exposure && !facts.singles.includes(effect.measure)) {
        yield [at, "it does not say what was compared with what", "add `arms`, `versus` or `exposure`"];
      }
      for (const side of effect.arms ? ["intervention", "comparator"] : []) {
        for (const [position, arm] of effect.arms[side].entries()) {
          if (!arms.includes(arm)) yield [[...at, "arms", side, position], `there is no arm \`${arm}\``, `arms here: ${sorted(new Set(arms))}`];
        }
      }
      for (const [position, { group }] of effect.groups.entries()) {
        if (group !== undefined && !groups.includes(group)) {
          yield [[...at, "groups", position, "group"], `there is no arm or group \`${group}\``, `here: ${sorted(new Set(groups))}`];
        }
      }
    }
  };

  rules["status-reason"] = function* ({ record }) {
    const { state = "current", on, reason, by } = record.status ?? {};
    if (state === "current") return;
    if (!on) yield [["status"], `\`${state}\` has no date`, "add `on: 2026-11-22`, the day of the notice"];
    if (!reason) yield [["status"], `\`${state}\` has no reason`, "add `reason: {en: …}` in one sentence"];
    if (state === "superseded" && !by) yield [["status"], "`superseded` does not say by what", "add `by:` with the id of the newer record"];
  };

  rules["secondary-says-via"] = function* ({ record, parts }) {
    if (record.extraction?.read === "secondary" && !(parts.Source ?? []).some(([, source]) => source.via)) {
      yield [["extraction", "read"], "read from a secondary source, but no source has `via`", "add `via: <key>` to the sources"];
    }
  };

  const registerOf = (number, facts) => facts.registers.find((one) => whole(one.form).test(number));
  const registerNamed = (name, facts) => {
    const plain = name.split(/\s+/).filter(Boolean).join(" ").toLowerCase();
    return facts.registers.find((one) => one.names.some((other) => other.toLowerCase() === plain));
  };
  const numberMeant = (text, { form, letters }) => {
    const tight = text.replace(/[\s#]+/g, "");
    for (const one of [tight, letters + tight]) {
      const found = one.match(new RegExp(`${form}(?!\\d)`, "i"));
      const shaped = found ? letters + found[0].slice(letters.length) : "";
      if (whole(form).test(shaped)) return shaped;
    }
    return "";
  };

  rules["registration-form"] = function* ({ record, facts }) {
    for (const [index, { registry, id }] of record.registration.entries()) {
      if (!registry || !id) continue;
      const [named, fits] = [registerNamed(registry, facts), registerOf(id, facts)];
      if (!named || named === fits) continue;
      const at = ["registration", index];
      if (fits) {
        yield [[...at, "registry"], `\`${id}\` is a number of ${fits.names[0]}, not of ${registry}`, `write \`registry: ${fits.names[0]}\``];
        continue;
      }
      const meant = numberMeant(id, named);
      yield [[...at, "id"], `\`${id}\` is not a number of ${named.names[0]}`, meant ? `did you mean \`${meant}\`?` : `as in ${named.example}`];
    }
  };

  rules["registered-before-report"] = function* ({ record, main, facts }) {
    for (const [index, { id }] of record.registration.entries()) {
      const { year, yy } = (id && registerOf(id, facts) && id.match(whole(registerOf(id, facts).form)).groups) || {};
      const given = year ? Number(year) : yy ? 2000 + Number(yy) : 0;
      if (given && /^\d+$/.test(main?.year ?? "") && given > Number(main.year)) {
        const message = `\`${id}\` was given out in ${given}, but the main report is of ${main.year}`;
        yield [["registration", index, "id"], message, "look at both numbers again"];
      }
    }
  };

  rules["exception-known"] = function* ({ record, base }) {
    for (const [index, { rule }] of (record.exceptions ?? []).entries()) {
      if (rule === undefined || base.exceptable.includes(rule)) continue;
      const [close] = builder.nearest(rule, base.exceptable.map((id) => ({ value: id, words: [id] })));
      yield [["exceptions", index, "rule"], `there is no rule \`${rule}\``, close ? `did you mean \`${close}\`?` : "choose one of the list"];
    }
  };

  rules["departures-named"] = function* ({ record }) {
    const { judgement, departures = [] } = record.faithfulness ?? {};
    const at = ["faithfulness", "judgement"];
    if (["bent", "wrong"].includes(judgement) && !departures.length) {
      yield [at, `\`${judgement}\` without a departure`, "say what the article says and what the study says"];
    }
    if (judgement === "faithful" && departures.length) yield [at, "`faithful` with departures", "call it bent, or remove the departures"];
    if (judgement === "no-source" && record.rests_on?.studies.length) {
      yield [at, "`no-source`, but `rests_on` names studies", "judge how they are portrayed"];
    }
  };

  rules["comparison-sides"] = function* ({ record }) {
    const hint = "add it: {terms: [walking], label: {en: Walking}}";
    if (record.kind === "intervention" && !(record.intervention && record.comparator)) {
      yield [["kind"], "a comparison of treatments needs `intervention` and `comparator`", hint];
    }
    if (record.kind === "exposure" && !record.exposure) yield [["kind"], "a comparison of exposures needs `exposure`", hint];
  };

  Object.assign(builder, { whole });
})();
