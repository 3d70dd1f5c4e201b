// What the fields of a form are called, what is said of them, and which of them are shown without being asked for.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});

  const NAMES = {
    id: "Short name", n: "Number of people", ci: "Confidence interval", sd: "SD", se: "Standard error", p: "P-value",
    t: "t statistic", iqr: "Quartiles", en: "English", nl: "Dutch", on: "Date", arms: "Arms", one_sided: "One-sided interval",
  };
  const ends = { ci: ["Lower", "Upper"], iqr: ["First quartile", "Third quartile"], range: ["Lowest", "Highest"] };
  const UNSAID = new Set(["British English."]); // what each text of a record is

  const named = (name) => NAMES[name] ?? (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll("_", " ");
  /** What a field is called at its place: the id of a registration is no name of ours, and a pair has two ends. */
  const titled = (at) => {
    const name = at.at(-1);
    if (name === "id" && at[0] === "registration") return "Registration number";
    return typeof name === "number" && at.at(-2) in ends ? ends[at.at(-2)][name] : named(name);
  };
  /** A description as it is shown: without the marks of code, and nothing where it only repeats the name of its field. */
  const told = (field, label = "") => {
    const text = (field.quiet ? "" : field.description).replaceAll("`", "");
    return text.replace(/\.$/, "").toLowerCase() === label.toLowerCase() || UNSAID.has(text) ? "" : text;
  };
  /** What one item of a list is called. */
  const single = (name) => {
    const word = named(name).toLowerCase();
    if (word === "unseen") return "thing not seen";
    return word.replace(/ies$/, "y").replace(/(?<=[^s])s$/, "");
  };

  /** A path in words: "Effects 1 › Confidence interval". */
  const spoken = (at) =>
    at
      .map((step, index) => (typeof step === "number" && !(at[index - 1] in ends) ? step + 1 : titled(at.slice(0, index + 1))))
      .join(" › ")
      .replace(/ › (\d+)/g, " $1");

  /** What is wrong and what to do, as a sentence to read: without the marks of code. */
  const inFull = ({ message, hint }) => (hint ? `${message}. ${hint}` : message).replaceAll("`", "");

  /** Fields that most records have, by the type they belong to: shown without being asked for, in the model's order. */
  const USUAL = {
    Source: ["printed"],
    Population: ["n", "sources"],
    Counts: ["randomised"],
    ArmCounts: ["randomised"],
    Arm: ["n"],
    Contrast: ["comparator"],
    Duration: ["days", "weeks", "months", "years"],
    ArmData: ["n", "mean", "sd", "events"],
  };
  const RESULTS = {
    trial: ["instrument", "time", "arms", "estimate", "ci", "values", "groups"],
    review: ["instrument", "time", "versus", "estimate", "ci", "amount"],
    observational: ["time", "exposure", "contrast", "estimate", "ci", "adjusted_for"],
  };
  /** Types whose fields are short and stand beside one another. */
  const sideBySide = new Set(["Duration", "Counts", "ArmCounts", "ArmData"]);

  /** The names of the fields of a type that are shown without being asked for; of an effect by what its study is. */
  const usual = (type, data) => {
    if (type !== "Effect") return USUAL[type] ?? [];
    const kind = builder.base.vocabularies.designs[data.design?.type]?.kind ?? (data.review ? "review" : "trial");
    return RESULTS[kind] ?? (data.arms?.length ? RESULTS.trial : RESULTS.observational);
  };

  Object.assign(builder, { ends, named, titled, told, single, spokenPath: spoken, inFull, usual, sideBySide });
})();
