// Records as YAML in the house's layout, and YAML that somebody opens as data. Reading is js-yaml's; only this file uses it.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});

  const WIDTH = 120;
  const FLOW = 100; // a mapping or list that is no longer stands on one line

  /** Words that a reader of YAML 1.1 or 1.2 takes for something else than a text. */
  const TAKEN = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
  const PLAIN = /^[\p{L}][\p{L}\p{N} ./()'+&;!?–…’é%-]*$/u;
  const ODD = /[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/gu;

  const quoted = (text) =>
    `"${text
      .toWellFormed()
      .replace(/[\\"]/g, "\\$&")
      .replace(ODD, (sign) => `\\u${sign.codePointAt(0).toString(16).padStart(4, "0")}`)}"`;

  /** A scalar as the house writes it: figures quoted, whole numbers and dates bare, texts bare where that is safe. */
  const scalar = (value, kind) => {
    if (value === null) return "null";
    const text = value.replace(/\s*\n\s*/g, " ").trim();
    const bare = {
      integer: /^\d+$/.test(text),
      truth: /^(true|false)$/.test(text),
      date: /^\d{4}-\d{2}-\d{2}$/.test(text),
      figure: false,
    }[kind];
    if (bare ?? (PLAIN.test(text) && !TAKEN.test(text))) return text;
    if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && /^[a-z]|-[a-z]/.test(text) && !TAKEN.test(text) && kind !== "figure") return text;
    return quoted(text);
  };

  const key = (text) => (/^[A-Za-z_][\w.-]*$/.test(text) ? text : quoted(text)); // `on` too: keys are words of the model

  /** The keys of a mapping in the order of the model, with what is known of each. */
  const ordered = (value, one, root) => {
    const fields = one?.kind === "object" ? builder.fieldsOf(one, root) : [];
    const known = new Map(fields.map(({ name, field }) => [name, field]));
    const free = one?.kind === "map" ? builder.field(one.value, root) : undefined;
    const names = [...known.keys()].filter((name) => Object.hasOwn(value, name));
    const others = Object.keys(value).filter((name) => !known.has(name));
    return [...names, ...others].map((name) => [name, value[name], known.get(name) ?? free]);
  };
  const inside = (one, root) => (one?.items ? builder.field(one.items, root) : undefined);

  /** A value on one line. */
  const flow = (value, one, root) => {
    if (Array.isArray(value)) return `[${value.map((item) => flow(item, inside(one, root), root)).join(", ")}]`;
    if (value === null || typeof value !== "object") return scalar(value, one?.kind);
    return `{${ordered(value, one, root).map(([name, inner, field]) => `${key(name)}: ${flow(inner, field, root)}`).join(", ")}}`;
  };

  /** A long text as lines that are folded together again when they are read. */
  const folded = (text, margin) => {
    const lines = [""];
    for (const word of text.split(" ")) {
      if (lines.at(-1) && margin + lines.at(-1).length + word.length >= WIDTH) lines.push("");
      lines[lines.length - 1] += `${lines.at(-1) ? " " : ""}${word}`;
    }
    return lines;
  };
  const folds = (text, one) =>
    one?.kind === "text" && text.length > FLOW && !/ {2}|^[ #]/.test(text) && text.search(ODD) < 0;

  /** The lines of a mapping, indented from 0. */
  const lines = (value, one, root) =>
    ordered(value, one, root).flatMap(([name, inner, field]) => entry(`${key(name)}:`, inner, field, root));

  const entry = (head, value, one, root) => {
    if (value === null || typeof value !== "object") {
      const text = value?.replace(/\s*\n\s*/g, " ").trim();
      if (text && folds(text, one)) return [`${head} >-`, ...folded(text, 6).map((line) => `  ${line}`)];
      return [`${head} ${scalar(value, one?.kind)}`];
    }
    const whole = `${head} ${flow(value, one, root)}`;
    const ofMappings = Array.isArray(value) && value.some((item) => item !== null && typeof item === "object");
    const long = !Array.isArray(value) && Object.values(value).some((inner) => typeof inner === "string" && folds(inner, { kind: "text" }));
    if (whole.length <= FLOW && !ofMappings && !long) return [whole];
    if (!Array.isArray(value)) return [head, ...lines(value, one, root).map((line) => `  ${line}`)];
    return [head, ...value.flatMap((item) => listed(item, inside(one, root), root)).map((line) => `  ${line}`)];
  };

  const listed = (item, one, root) => {
    if (item === null || typeof item !== "object") return [`- ${scalar(item, one?.kind)}`];
    const whole = `- ${flow(item, one, root)}`;
    if (whole.length <= FLOW || Array.isArray(item)) return [whole];
    return lines(item, one, root).map((line, index) => `${index ? "  " : "- "}${line}`);
  };

  /** A record of a kind as the text of its file. */
  const yaml = (kind, data) => {
    const { root, top } = builder.rootOf(kind);
    return lines(builder.pruned(data), top, root).map((line) => `${line.trimEnd()}\n`).join("");
  };

  const nulls = () =>
    jsyaml.defineScalarTag("tag:yaml.org,2002:null", {
      implicit: true,
      implicitFirstChars: ["", "~", "n"],
      resolve: (source) => (["", "~", "null"].includes(source) ? null : jsyaml.NOT_RESOLVED),
      identify: () => false,
    });

  /** YAML (or JSON) as data of which every scalar is a text. Throws an Error whose message says line and column. */
  const fromYaml = (text) => {
    const data = jsyaml.load(text, { schema: jsyaml.FAILSAFE_SCHEMA.withTags(nulls()) });
    if (data === null || typeof data !== "object" || Array.isArray(data)) throw new Error("that is no record: it has no keys with values");
    return builder.asTexts(data);
  };

  Object.assign(builder, { yaml, fromYaml });
})();
