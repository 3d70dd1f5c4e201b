// The form of records, read off the JSON Schemas that the model makes: what each field is, and what is wrong with a value.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});

  /** A number as it was printed; its rounding counts. */
  class Figure {
    constructor(text) {
      this.text = text;
      this.value = Number(text);
      this.decimals = (text.split(".")[1] ?? "").length;
      this.half = 0.5 * 10 ** -this.decimals;
      this.low = this.value - this.half;
      this.high = this.value + this.half;
    }
    toString() {
      return this.text;
    }
  }

  const TERMS = "terms.json#/definitions/";
  const OWN = "#/definitions/";
  const known = new WeakMap();

  /** The types that a schema allows, as a list. */
  const typesOf = (raw) => [raw.type ?? []].flat();

  /** What a schema that is no reference describes. */
  const shapeOf = (raw, name) => {
    const types = typesOf(raw);
    const nullable = types.includes("null") || (raw.not !== undefined && !raw.not.type.includes("null"));
    const limits = { pattern: raw.pattern, message: raw.patternErrorMessage, min: raw.minimum, max: raw.maximum };
    if (raw.enum) return { kind: "choice", values: raw.enum.map(String), nullable };
    if (raw.properties) return { kind: "object", properties: raw.properties, required: raw.required ?? [], name };
    if (raw.patternProperties) {
      const [[key, value]] = Object.entries(raw.patternProperties);
      return { kind: "map", key, value };
    }
    if (types.includes("array")) {
      const pair = raw.minItems !== undefined && raw.minItems === raw.maxItems;
      return { kind: pair ? "pair" : "list", items: raw.items, min: raw.minItems ?? 0, nullable };
    }
    if (types.includes("boolean")) return { kind: "truth", ...limits, nullable };
    if (types.includes("integer")) return { kind: "integer", ...limits, nullable };
    if (types.includes("number")) return { kind: "figure", ...limits, nullable };
    if (types.includes("string")) return { kind: "date", ...limits, nullable };
    return { kind: "text", ...limits, filled: raw.minLength > 0, nullable };
  };

  /** What a schema describes: its kind, its description, what stands in it. References are followed. */
  const field = (raw, root) => {
    if (known.has(raw)) return known.get(raw);
    let made;
    const parts = (raw.allOf ?? raw.anyOf ?? []).filter((part) => part.type !== "null");
    const nullable = (raw.anyOf ?? []).some((part) => part.type === "null");
    if (raw.$ref?.startsWith(TERMS)) {
      made = { kind: "term", vocabularies: [raw.$ref.slice(TERMS.length)] };
    } else if (raw.$ref) {
      const name = raw.$ref.slice(OWN.length);
      const one = root.definitions[name];
      made = { ...(one.properties ? shapeOf(one, name) : field(one, root)), description: one.description };
    } else if (parts.length > 1) {
      const either = parts.map((part) => field(part, root));
      made = either.every(({ kind }) => kind === "choice")
        ? { kind: "choice", values: either.flatMap(({ values }) => values) }
        : { kind: "term", vocabularies: either.flatMap(({ vocabularies }) => vocabularies) };
    } else if (parts.length === 1) {
      made = { ...field(parts[0], root) };
    } else {
      made = shapeOf(raw, "");
    }
    if (nullable) made.nullable = true;
    made.description = raw.description ?? made.description ?? "";
    known.set(raw, made);
    return made;
  };

  /** The fields of an object in the order of the model, with the names that are required. */
  const fieldsOf = (object, root) =>
    Object.entries(object.properties).map(([name, raw]) => ({
      name,
      required: object.required.includes(name),
      field: field(raw, root),
    }));

  /** What a whole file of a kind holds. */
  const rootOf = (kind) => {
    const root = builder.base.schemas[kind];
    return { root, top: field(root, root) };
  };

  const blank = (value) => value === undefined || (typeof value === "string" && value.trim() === "");

  /** Whether a list or a pair holds nothing but blanks: just opened. */
  const untouched = (value) => Array.isArray(value) && value.every(blank);

  /** A copy without keys whose value is blank and without mappings that hold nothing; items of lists keep their places. */
  const pruned = (value) => {
    if (Array.isArray(value)) return value.map((item) => pruned(item) ?? item);
    if (value === null || typeof value !== "object") return value;
    const kept = Object.entries(value)
      .map(([key, inner]) => [key, pruned(inner)])
      .filter(([, inner]) => !blank(inner) && !untouched(inner))
      .filter(([, inner]) => inner === null || typeof inner !== "object" || Object.keys(inner).length > 0);
    return Object.fromEntries(kept);
  };

  /** Data in which each required mapping stands, if only with nothing in it: so that gaps are told field by field. */
  const framed = (data, one, root) => {
    if (Array.isArray(data)) return data.map((item) => (one.items ? framed(item, field(one.items, root), root) : item));
    if (data === null || typeof data !== "object" || one.kind !== "object") return data;
    const made = { ...data };
    for (const { name, required, field: inner } of fieldsOf(one, root)) {
      if (required && inner.kind === "object") made[name] ??= {};
      if (Object.hasOwn(made, name)) made[name] = framed(made[name], inner, root);
    }
    return made;
  };

  /** A draft's data as it is checked while it grows: without blanks, with every required mapping. */
  const growing = (kind, data) => {
    const { root, top } = rootOf(kind);
    return framed(pruned(data), top, root);
  };

  /** What a validator of the model asks beyond types, by the name of the type; what it says, or nothing. */
  const WHOLE = {
    Duration: (one) => Object.values(one).filter(Boolean).length !== 1 && "give exactly one of days, weeks, months, years",
    OneSided: (one) => Boolean(one.lower) === Boolean(one.upper) && "give exactly one of lower and upper; an interval with both is `ci`",
    Effect: (one) =>
      !one.estimate &&
      !one.groups.length &&
      "an effect needs an estimate or figures per group; put results without figures under findings",
    claim: (one) =>
      [one.evidence, one.judgement, one.missing].filter(Boolean).length !== 1 &&
      "give exactly one of evidence, judgement, missing",
  };

  const realDay = (text) => new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) === text;
  const isDay = (text) => {
    try {
      return realDay(text);
    } catch {
      return false;
    }
  };

  const shown = (value) => (typeof value === "string" ? `, not '${value}'` : "");

  /** Reads data (texts, lists, mappings) as the model does: a record of what is sound, and every fault on the way. */
  class Reading {
    constructor(kind) {
      Object.assign(this, rootOf(kind));
      this.kind = kind;
      this.faults = [];
      this.terms = []; // [place, vocabularies, term]
      this.parts = {}; // name of a type: [place, value]
    }

    fault(rule, at, message, hint = "") {
      this.faults.push({ rule, at, message, hint });
      return undefined;
    }

    wrong(at, message, one) {
      const name = at.at(-1);
      const says = one.description && one.description.replace(/\.$/, "").toLowerCase() !== name;
      return this.fault("wrong-type", at, message, says ? `${name}: ${one.description}` : "");
    }

    value(one, data, at) {
      if (data === null) return one.nullable ? undefined : this.wrong(at, "nothing stands here", one);
      const before = this.faults.length;
      const made = this[one.kind](one, typeof data === "string" ? data.trim() : data, at);
      const whole = made !== undefined && this.faults.length === before; // as the model, which asks last
      const wanting = whole && WHOLE[at.length ? one.name : this.kind]?.(made);
      if (wanting) return this.wrong(at, wanting, one);
      if (made !== undefined && one.name) (this.parts[one.name] ??= []).push([at, made]);
      return made;
    }

    object(one, data, at) {
      if (typeof data !== "object" || Array.isArray(data)) return this.wrong(at, "expected keys with values", one);
      const made = {};
      const fields = fieldsOf(one, this.root);
      const names = fields.map(({ name }) => name);
      Object.keys(data)
        .filter((key) => !names.includes(key))
        .forEach((key) => this.fault("unknown-key", [...at, key], `the key \`${key}\` is not known here`, `known here: ${names.join(", ")}`));
      for (const { name, required, field: inner } of fields) {
        const place = [...at, name];
        if (Object.hasOwn(data, name)) made[name] = this.value(inner, data[name], place);
        else if (required && name === "en" && at.length) {
          this.fault("text-in-english", place, `the text \`${at.at(-1)}\` has no English version`, "fill in the English text");
        } else if (required) this.fault("missing-key", place, `the key \`${name}\` is missing`, inner.description);
        if (inner.kind === "list") made[name] ??= [];
        if (inner.kind === "map") made[name] ??= {};
      }
      return made;
    }

    map(one, data, at) {
      if (typeof data !== "object" || Array.isArray(data)) return this.wrong(at, "expected keys with values", one);
      const form = new RegExp(one.key);
      const inner = field(one.value, this.root);
      const made = {};
      for (const [key, value] of Object.entries(data)) {
        if (!form.test(key)) this.wrong([...at, key], `the form is not right${shown(key)}`, inner);
        made[key] = this.value(inner, value, [...at, key]);
      }
      return made;
    }

    list(one, data, at) {
      if (!Array.isArray(data)) return this.wrong(at, `expected a list${shown(data)}`, one);
      if (data.length < one.min) return this.wrong(at, "the list is too short", one);
      const inner = field(one.items, this.root);
      return data.map((item, index) => this.value(inner, item, [...at, index])).filter((item) => item !== undefined);
    }

    pair(one, data, at) {
      if (!Array.isArray(data)) return this.wrong(at, `expected a list${shown(data)}`, one);
      if (data.length !== one.min) return this.wrong(at, `the list is too ${data.length < one.min ? "short" : "long"}`, one);
      const made = this.list({ ...one, min: 0 }, data, at);
      return made.length === one.min ? made : undefined;
    }

    term(one, data, at) {
      if (typeof data !== "string") return this.wrong(at, "expected a text", one);
      if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(data)) {
        const near = builder.slug(data);
        return this.wrong(at, `expected an id: lower-case words joined by hyphens${shown(data)}${near ? `; did you mean ${near}?` : ""}`, one);
      }
      this.terms.push([at, one.vocabularies, data]);
      return data;
    }

    choice(one, data, at) {
      if (one.values.includes(data)) return data;
      return this.wrong(at, `expected one of ${one.values.join(", ")}${shown(data)}`, one);
    }

    text(one, data, at) {
      if (typeof data !== "string") return this.wrong(at, "expected a text", one);
      if (one.filled && data === "") return this.wrong(at, "the text is empty", one);
      return this.matched(one, data, at, data);
    }

    truth(one, data, at) {
      return this.matched(one, data, at, /^(true|yes|on|t|y|1)$/i.test(data));
    }

    integer(one, data, at) {
      const number = Number(String(data).replaceAll("_", ""));
      const made = this.matched(one, data, at, number);
      if (made < (one.min ?? -Infinity)) return this.wrong(at, `it is ${one.min} or more${shown(data)}`, one);
      if (made > (one.max ?? Infinity)) return this.wrong(at, `it is ${one.max} or less${shown(data)}`, one);
      return made;
    }

    figure(one, data, at) {
      const whole = new RegExp(`^(?:${builder.base.facts.figure})$`);
      return whole.test(data) ? new Figure(data) : this.matched(one, data, at);
    }

    date(one, data, at) {
      const day = this.matched(one, data, at, data);
      return day === undefined || isDay(day) ? day : this.wrong(at, `there is no such day${shown(data)}`, one);
    }

    /** A value made of a text that has the form its field asks for. */
    matched(one, data, at, made) {
      if (typeof data !== "string" || (one.pattern && !new RegExp(one.pattern).test(data))) {
        return this.wrong(at, `${one.message ?? "the form is not right"}${shown(data)}`, one);
      }
      return made;
    }
  }

  /** Data of a kind of record, read: `record` of what is sound, `faults`, and the terms and parts met on the way. */
  const read = (kind, data) => {
    const reading = new Reading(kind);
    const record = reading.value(reading.top, data, []) ?? {};
    return { record, faults: reading.faults, terms: reading.terms, parts: reading.parts };
  };

  /** Data of which every scalar is a text, as the loader has it: JSON knows numbers and truths. */
  const asTexts = (value) => {
    if (Array.isArray(value)) return value.map(asTexts);
    if (value === null || typeof value === "string") return value;
    if (typeof value !== "object") return String(value);
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, asTexts(inner)]));
  };

  /** Whether a place in data holds a text with nothing in it: opened, and not filled in yet. */
  const isGap = (data, at) => {
    const value = at.reduce((inner, step) => inner?.[step], data);
    return typeof value === "string" && blank(value);
  };

  Object.assign(builder, { Figure, field, fieldsOf, rootOf, pruned, growing, isGap, read, asTexts });
})();
