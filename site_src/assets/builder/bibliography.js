// Publications: BibTeX, RIS, or a DOI alone to entries, entries to BibTeX, and the key the house would give them.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});

  const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
  const TYPES = ["article", "book", "incollection", "techreport", "phdthesis", "online", "misc"];
  /** The fields a form offers, in the order in which they are written; what else an entry holds is kept. */
  const FIELDS = {
    title: "Title", author: "Authors", journal: "Journal", publisher: "Publisher", year: "Year", month: "Month",
    volume: "Volume", number: "Issue", pages: "Pages", doi: "DOI", pmid: "PMID", pmcid: "PMCID", url: "Address (URL)",
  };
  const VERBATIM = new Set(["doi", "url", "pmid", "pmcid", "issn", "isbn", "month", "year", "eprint"]);

  /** Where a braced or quoted value that begins at a place ends. */
  const valueEnd = (text, start) => {
    const quoted = text[start] === '"';
    let depth = 0;
    for (let at = start; at < text.length; at++) {
      const sign = text[at];
      if (sign === "\\") at++;
      else if (sign === "{") depth++;
      else if (sign === "}") depth--;
      if (quoted ? sign === '"' && at > start && depth === 0 : depth === 0) return at + 1;
    }
    throw new SyntaxError("a brace or a quotation mark is not closed");
  };

  /** The fields between a key and the end of its entry, and where that is. */
  const fieldsFrom = (text, start) => {
    const fields = {};
    let at = start;
    for (;;) {
      at += text.slice(at).match(/^[\s,]*/)[0].length;
      if (at >= text.length) throw new SyntaxError("an entry is not closed");
      if (text[at] === "}" || text[at] === ")") return [fields, at + 1];
      const head = text.slice(at).match(/^([^\s={}",]+)\s*=\s*/);
      if (!head) throw new SyntaxError(`not understood: ${text.slice(at, at + 20)}`);
      at += head[0].length;
      let value = "";
      if (text[at] === "{" || text[at] === '"') {
        const end = valueEnd(text, at);
        value = text.slice(at + 1, end - 1);
        at = end;
      } else {
        value = text.slice(at).match(/^[^\s,}#]*/)[0];
        at += value.length;
      }
      if (/^\s*#/.test(text.slice(at))) throw new SyntaxError("values joined by # are not understood here");
      const name = head[1].toLowerCase();
      fields[name] ??= name === "pages" ? range(value) : value.replace(/\s+/g, " ").trim();
    }
  };

  /** Pages with the two hyphens that BibTeX has between them. */
  const range = (text) => text.replace(/\s+/g, " ").trim().replace(/^([\w.]+)\s*(?:-|[‐‑‒–—−])\s*([\w.]+)$/, "$1--$2");

  /** The entries of a BibTeX text. Throws a SyntaxError that says what is not understood. */
  const fromBibtex = (text) => {
    const entries = [];
    const start = /@\s*([a-z]+)\s*[{(]\s*/gi;
    for (let found = start.exec(text); found; found = start.exec(text)) {
      const type = found[1].toLowerCase();
      if (type === "comment") continue;
      if (type === "string" || type === "preamble") throw new SyntaxError(`@${type} is not understood here`);
      const key = text.slice(start.lastIndex).match(/^[^\s,{}]*/)[0];
      const [fields, end] = fieldsFrom(text, start.lastIndex + key.length);
      entries.push({ type, key, fields });
      start.lastIndex = end;
    }
    return entries;
  };

  const RIS_TYPES = { JOUR: "article", BOOK: "book", CHAP: "incollection", RPRT: "techreport", THES: "phdthesis", ELEC: "online" };
  const RIS_FIELDS = {
    TI: "title", T1: "title", JO: "journal", JF: "journal", T2: "journal", VL: "volume", IS: "number",
    DO: "doi", UR: "url", PB: "publisher", SN: "issn", LA: "language",
  };

  /** The entries of a RIS text. */
  const fromRis = (text) => {
    const entries = [];
    let tags = {};
    for (const line of text.split(/\r?\n/)) {
      const [, tag, value] = line.match(/^([A-Z][A-Z0-9])\s\s?-\s?(.*)$/) ?? [];
      if (tag === "TY") tags = { TY: [value.trim()] };
      else if (tag === "ER") entries.push(risEntry(tags));
      else if (tag) (tags[tag] ??= []).push(value.trim());
    }
    return entries;
  };
  const risEntry = (tags) => {
    const fields = {};
    for (const [tag, name] of Object.entries(RIS_FIELDS)) if (tags[tag]?.[0]) fields[name] ??= escaped(name, tags[tag][0]);
    const people = tags.AU ?? tags.A1 ?? [];
    if (people.length) fields.author = people.map(person).join(" and ");
    const dates = [tags.PY, tags.Y1, tags.DA].map((found) => (found?.[0] ?? "").split(/[/-]/)).filter(([year]) => year);
    if (dates.length) fields.year = dates[0][0];
    const [, month] = dates.find(([year, part]) => year === fields.year && MONTHS[Number(part) - 1]) ?? [];
    if (month) fields.month = MONTHS[Number(month) - 1];
    if (tags.SP?.[0]) fields.pages = [range(tags.SP[0]), tags.EP?.[0]].filter(Boolean).join("--");
    return { type: RIS_TYPES[tags.TY?.[0]] ?? "misc", key: "", fields };
  };
  /** A name as BibTeX has it; one without a comma, or with one at its end, is that of a group. */
  const person = (name) => (/,\s*\S/.test(name) ? escaped("author", name) : `{${escaped("author", name.replace(/,\s*$/, ""))}}`);

  /** A value that cannot end its field too early, nor be taken for a command or a comment. */
  const escaped = (name, value) => {
    const line = value.replace(/\s+/g, " ").trim();
    let depth = 0;
    const balanced = [...line.replace(/\\[{}]/g, "")].every((sign) => (depth += sign === "{" ? 1 : sign === "}" ? -1 : 0) >= 0) && depth === 0;
    const safe = (balanced ? line : line.replace(/[{}]/g, "")).replace(/\\+$/, "");
    return VERBATIM.has(name) ? safe : safe.replace(/(?<!\\)[&%#]/g, "\\$&");
  };

  /** The entries of a text in PubMed's own format (NBIB): each begins with its PMID. */
  const fromNbib = (text) => {
    const entries = [];
    let tag = "";
    for (const line of text.split(/\r?\n/)) {
      const [, found, value] = line.match(/^([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)$/) ?? [];
      if (found === "PMID") entries.push({});
      const own = entries.at(-1);
      if (!own) continue;
      if (found) (own[(tag = found)] ??= []).push(value.trim());
      else if (/^\s+\S/.test(line) && tag) own[tag].push(`${own[tag].pop()} ${line.trim()}`);
    }
    return entries.map(nbibEntry);
  };
  const NBIB_TYPES = { "Book Chapter": "incollection", Book: "book", Books: "book", "Technical Report": "techreport", Preprint: "misc" };
  const nbibEntry = (tags) => {
    const one = (...names) => names.map((name) => tags[name]?.[0]).find(Boolean) ?? "";
    const people = [...(tags.FAU ?? tags.AU?.map((name) => name.replace(/ (\S+)$/, ", $1")) ?? []), ...(tags.CN ?? []).map((name) => `${name},`)];
    const [, year, month] = one("DP").match(/^(\d{4})(?:\s+([A-Za-z]{3}))?/) ?? [];
    const doi = [...(tags.LID ?? []), ...(tags.AID ?? [])].find((id) => / \[doi\]$/.test(id))?.replace(/ \[doi\]$/, "");
    const found = {
      title: one("TI", "BTI").replace(/^\[(.*)\]\.?$/, "$1").replace(/(?<!\.)\.$/, ""), journal: one("JT", "TA"), volume: one("VI"), number: one("IP"),
      pages: wholePages(one("PG")), year, month: month?.toLowerCase(), doi, pmid: one("PMID"), pmcid: one("PMC"),
    };
    const fields = { author: people.map(person).join(" and ") };
    for (const [name, value] of Object.entries(found)) if (value) fields[name] = escaped(name, value);
    const type = Object.entries(NBIB_TYPES).find(([name]) => tags.PT?.includes(name))?.[1] ?? "article";
    return { type, key: "", fields };
  };
  /** Pages in full: PubMed prints 1049-58 for 1049-1058. */
  const wholePages = (text) => {
    const [, first, last] = text.match(/^(\d+)-(\d+)$/) ?? [];
    return first && last.length < first.length ? range(`${first}-${first.slice(0, first.length - last.length)}${last}`) : range(text);
  };

  /** Whether two entries are of one work: they have the same DOI or the same PMID. */
  const sameWork = (one, other) =>
    ["doi", "pmid"].some((name) => {
      const [mine, its] = [one, other].map((entry) => work(entry)[name].toLowerCase().replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/, ""));
      return mine !== "" && mine === its;
    });

  /** The entries that a pasted text holds: BibTeX, RIS, NBIB, or a DOI or PMID alone. Throws where it is none of them. */
  const entriesFrom = (text) => {
    if (/@\s*[a-z]+\s*[{(]/i.test(text)) return fromBibtex(text);
    if (/^TY\s\s?-/m.test(text)) return fromRis(text);
    if (/^PMID {0,2}- ?\d/m.test(text)) return fromNbib(text);
    const doi = builder.doiMeant(text.trim().split(/\s+/).pop() ?? "", builder.base.facts);
    if (doi) return [{ type: "article", key: "", fields: { doi } }];
    const pmid = text.trim().match(/^(?:PMID:?\s*)?([1-9]\d{0,7})$/i)?.[1];
    if (pmid) return [{ type: "article", key: "", fields: { pmid } }];
    throw new SyntaxError("that is no BibTeX, no RIS, not PubMed's format, and no DOI");
  };

  const written = ({ type, key, fields }) => {
    const names = [...Object.keys(FIELDS), ...Object.keys(fields).filter((name) => !(name in FIELDS))];
    const kept = names.filter((name) => fields[name]?.trim() && /^[a-z][a-z0-9_:+-]*$/.test(name));
    const width = Math.max(0, ...kept.map((name) => name.length));
    const lines = kept.map((name) => {
      const value = escaped(name, fields[name]);
      return `  ${name.padEnd(width)} = ${name === "month" && MONTHS.includes(value) ? value : `{${value}}`},\n`;
    });
    return `@${type}{${key.replace(/[\s,{}()"'#%=\\]/g, "")},\n${lines.join("")}}\n`;
  };

  /** Entries as BibTeX, as they stand in the .bib beside a record. */
  const bibtex = (entries) => entries.map(written).join("\n");

  const LETTERS = { ß: "ss", ø: "o", ł: "l", æ: "ae", œ: "oe", đ: "d", ı: "i", þ: "th" };
  /** A text as it stands in an id: lower case, accents dropped, words joined by hyphens. */
  const slug = (text) =>
    [...text.toLowerCase()]
      .map((letter) => LETTERS[letter] ?? letter)
      .join("")
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");

  const withoutLatex = (text) => text.replace(/\\['"`^~=.]|\\[a-zA-Z]+\s?|[{}]/g, "");

  /** The family name of the first author: what stands before the comma, the last word, or the whole name of a group. */
  const firstFamily = (people) => {
    const first = people.split(/\s+and\s+/)[0] ?? "";
    if (/^\{.*\}$/.test(first)) return withoutLatex(first);
    return withoutLatex(first.includes(",") ? first.split(",")[0] : first.split(/\s+/).pop());
  };

  const SMALL = new Set(
    "a an and are as at be by for from in into is it of on or the to versus vs with without does do what which how effect effects study trial randomised randomized controlled double single blind blinded placebo open label phase i ii iii iv multicentre multicenter".split(" "),
  );

  /** What rules and the page need to know of an entry. */
  const work = ({ type, key, fields }) => ({
    key,
    type,
    title: fields.title ?? "",
    people: fields.author || fields.editor || "",
    year: (fields.year || fields.date || "").match(/\d{4}/)?.[0] ?? "",
    url: fields.url ?? "",
    doi: (fields.doi ?? "").trim(),
    pmid: (fields.pmid ?? (/^pubmed$/i.test(fields.eprinttype ?? "") ? fields.eprint : "") ?? "").trim(),
    pmcid: (fields.pmcid ?? "").trim(),
    issn: (fields.issn ?? "").trim(),
    isbn: (fields.isbn ?? "").trim(),
  });

  /** The key an entry should have: first author, year, two words of its title; nothing while one of them is missing. */
  const keyFor = (entry) => {
    const { people, year, title } = work(entry);
    const words = slug(withoutLatex(title)).split("-").filter((word) => word && !SMALL.has(word)).slice(0, 2);
    const parts = [slug(firstFamily(people)), year, ...words];
    return parts.every(Boolean) && words.length ? parts.join("-") : "";
  };

  Object.assign(builder, { entriesFrom, sameWork, bibtex, work, keyFor, slug, entryFields: FIELDS, entryTypes: TYPES });
})();
