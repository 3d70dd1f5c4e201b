// What may be chosen for a field: terms of the vocabularies, works, records, and what the draft itself has named.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});

  /** Parts of the draft by their ids. */
  const own = (parts) =>
    (parts ?? []).filter((one) => one.id).map(({ id, label }) => ({ value: id, label: id, words: [label?.en ?? ""], note: label?.en }));

  const terms = (names) =>
    names
      .flatMap((name) => Object.entries(builder.base.vocabularies[name]))
      .filter(([, term]) => !term.retired)
      .map(([value, { label, words, definition }]) => ({ value, label, words, note: definition }));

  const works = (entries) => [
    ...entries.filter((entry) => entry.key).map(({ key }) => ({ value: key, label: key, note: "of this record" })),
    ...Object.entries(builder.base.references).map(([key, [cite]]) => ({ value: key, label: key, words: [cite], note: cite })),
  ];

  /** Domains or judgements of the tool that an appraisal names. */
  const ofTool = ({ data }, at, part) => {
    const tool = data.appraisal?.[at[1]]?.tool;
    const known = builder.base.vocabularies.appraisal[tool]?.[part] ?? {};
    return Object.entries(known).map(([value, label]) => ({ value, label: value, words: [label], note: label }));
  };

  /** A function that gives what may be chosen at a place, by what the model says of the field; null where any text will do. */
  const optionsFor = (draft, field, at) => {
    const { base } = builder;
    const { data } = draft;
    if (field.kind === "term") return () => terms(field.vocabularies);
    if (field.kind !== "text") return null;
    const words = field.description;
    if (/^Ids? of the arms?\b/.test(words)) return () => own([...(data.arms ?? []), ...(data.population?.groups ?? [])]);
    if (/[Cc]itation key/.test(words)) return () => works(draft.entries);
    const kind = words.match(/^Ids? of (?:the |other )*(study|article|comparison|review)\b/)?.[1];
    const folder = base.folders[kind === "review" ? "study" : kind];
    if (folder) return () => base.records[folder].map((value) => ({ value, label: value }));
    if (words === "Id of the rule.") return () => base.exceptable.map((value) => ({ value, label: value }));
    if (at.at(-1) === "judgement" && at[0] === "appraisal") return () => ofTool(draft, at, "judgements");
    return null;
  };

  /** What may be a key of a mapping: domains of a tool, arms, effects. */
  const keysFor = (draft, name, at) => {
    if (name === "domains") return ofTool(draft, at, "domains");
    return own(draft.data[{ arms: "arms", effects: "effects", groups: "arms" }[name]]);
  };

  Object.assign(builder, { optionsFor, keysFor });
})();
