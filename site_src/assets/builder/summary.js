// A record in plain sentences, so that its author sees at a glance what it says. No picture of its page: Python draws that.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});

  const label = (vocabulary, term) => builder.base.vocabularies[vocabulary][term]?.label ?? term;
  const inside = (text) => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);
  const joined = (words) => words.filter(Boolean).join(", ");
  const words = (text) => text.replaceAll("-", " ");

  const arm = (one) => {
    const n = one.n?.randomised ?? one.n?.analysed ?? one.n?.completed;
    return `${one.label?.en ?? one.id ?? "an arm without a name"}${n === undefined ? "" : ` (${n} people)`}`;
  };

  const compared = (effect, study) => {
    const named = (id) => inside(study.arms.find((one) => one.id === id)?.label?.en ?? id);
    if (effect.arms) return effect.arms.intervention.map(named).join(" and ") + (effect.arms.comparator.length ? ` against ${effect.arms.comparator.map(named).join(" and ")}` : "");
    const terms = (side) => side.map((term) => inside(label("interventions", term))).join(" and ");
    if (effect.versus) return `${terms(effect.versus.intervention)} against ${terms(effect.versus.comparator)}`;
    return effect.exposure ? inside(label("exposures", effect.exposure)) : "";
  };

  const result = (effect, study) => {
    const minus = (figure) => String(figure).replace("-", "−");
    const what = effect.outcome ? label("outcomes", effect.outcome) : "A result";
    const scale = effect.instrument ? `on ${label("instruments", effect.instrument)}` : "";
    const when = effect.time ? `after ${builder.spokenTime(effect.time)}` : "";
    const figure = effect.estimate ? `${words(effect.measure ?? "estimate")} ${minus(effect.estimate)}` : "";
    const ci = effect.ci ? `${effect.level ?? 95}% interval ${minus(effect.ci[0])} to ${minus(effect.ci[1])}` : "";
    const side = effect.one_sided;
    const open = side ? `${side.upper ? "up to" : "from"} ${minus(side.upper ?? side.lower)}, one-sided ${side.level ?? 95}%` : "";
    const groups = effect.groups.map((group) =>
      joined([
        `${group.group ?? "a group"}:`,
        group.n !== undefined && `${group.n} people`,
        group.mean && `mean${effect.values === "change" ? " change" : ""} ${minus(group.mean)}`,
        group.ci && `95% interval ${minus(group.ci[0])} to ${minus(group.ci[1])}`,
        group.sd && `SD ${group.sd}`,
        group.events !== undefined && `${group.events} with the event`,
        group.percent && `${group.percent}%`,
      ]).replace(":,", ":"),
    );
    const place = effect.source?.locator ? ` (${effect.source.locator})` : " (no place named yet)";
    const told = [[what, scale, when].filter(Boolean).join(" "), compared(effect, study)].filter(Boolean).join(", ");
    return `${told}: ${[joined([figure, ci || open]), ...groups].filter(Boolean).join("; ") || "no figures yet"}${place}.`;
  };

  const study = (one) => {
    const { design = {}, population = {}, extraction = {} } = one;
    const n = ["randomised", "enrolled", "analysed", "completed", "eligible"].map((stage) => population.n?.[stage]).find((count) => count !== undefined);
    const who = population.condition ? ` with ${inside(label("conditions", population.condition))}` : "";
    const lines = [
      `${design.type ? label("designs", design.type) : "A study of a kind not yet named"}${n === undefined ? "" : ` of ${n} people`}${who}${design.countries?.length ? ` (${design.countries.join(", ")})` : ""}.`,
      one.summary?.en,
      one.arms.length ? `Arms: ${one.arms.map(arm).join("; ")}.` : "",
      ...one.effects.map((effect) => result(effect, one)),
      ...one.findings.map((finding) => finding.text?.en && `${/\d/.test(finding.source?.printed ?? "") ? "Also told" : "Told without figures"}: ${finding.text.en}`),
      one.appraisal.length ? `Risk of bias: ${one.appraisal.map((made) => joined([label("appraisal", made.tool), made.overall])).join("; ")}.` : "",
      extraction.read ? `Read: ${words(extraction.read)}${extraction.by ? `, by ${extraction.by}` : ""}${extraction.on ? ` on ${extraction.on}` : ""}. ${extraction.checked_by ? `Checked by ${extraction.checked_by.name}.` : "Checked by nobody yet."}` : "",
    ];
    return { title: one.title ?? "A study without a title yet", lines };
  };

  const WORDS = {
    study,
    claim: (one) => ({
      title: one.claim?.en ?? "A claim not yet worded",
      lines: [one.article && `From the article ${one.article}.`, one.faithfulness?.judgement && `Faithfulness: ${words(one.faithfulness.judgement)}.`, one.evidence && `Answered by ${one.evidence.comparison}, ${one.evidence.outcome}.`, one.explanation?.en],
    }),
    comparison: (one) => ({
      title: one.title?.en ?? "A question without a title yet",
      lines: [...(one.outcomes ?? []).map((question) => `Asks for ${question.outcome ? inside(label("outcomes", question.outcome)) : "an outcome"}, as ${words(question.measure ?? "a measure not yet named")}.`)],
    }),
    article: (one) => ({
      title: (typeof one.title === "string" ? one.title : one.title?.en) ?? "An article without a title yet",
      lines: [one.passages?.length ? `${one.passages.length} passages.` : "No passage yet."],
    }),
  };

  /** A draft in words: {title, lines}. */
  const inWords = ({ kind, data }) => {
    const { title, lines } = WORDS[kind](builder.read(kind, builder.pruned(data)).record);
    return { title, lines: lines.filter(Boolean) };
  };

  Object.assign(builder, { inWords });
})();
