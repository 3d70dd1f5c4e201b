// Identifiers of works in any text, and the entries of lists of references in the formats that people have them in.
(() => {
  "use strict";

  const DOI = /(^|[^\d.])(10\.\d{4,9}(?:\.\d+)*(?:\/|%2F)[^\s"“”|\\^`]+)/gi;
  const PMID = [/\bPMID\s*[:=#-]?\s*(\d{1,8})\b/gi, /\bpubmed(?:\.ncbi\.nlm\.nih\.gov)?\/(?:\?term=)?(\d{1,8})\b/gi];
  const PMCID = [/\bPMC\s?(\d{3,8})\b/gi, /\bPMCID\s*[:=]?\s*(?:PMC)?(\d{1,8})\b/gi];
  const PAIRS = ["()", "[]", "{}", "<>"];
  /** Page names that publishers put behind a DOI in the addresses of their sites. */
  const VIEW = /\/(?:abstract|full|fulltext|full-text|html|pdf|epdf|meta)$/i;
  const LONGEST_NAME = 160;
  const WRAPPED = 60; // a line of a reference that goes on in the next is at least about so long

  const many = (text, sign) => text.split(sign).length - 1;

  /** A DOI as it is looked up: small letters, and nothing of the sentence or the address that it stood in. */
  const doiIn = (text) => {
    let doi = text;
    if (/%[0-9a-f]{2}/i.test(doi)) {
      try {
        doi = decodeURIComponent(doi);
      } catch {
        // it is no encoding, then: it stays as it is
      }
    }
    doi = doi.replace(/[\u2010-\u2015\u2212]/g, "-"); // hyphens as typesetters write them
    doi = doi.replace(/[?#].*$/, "").replace(/<(?!\d*:).*$/, ""); // an old DOI may hold "<1661::AID-…>"
    for (let before = ""; before !== doi; ) {
      before = doi;
      doi = doi.replace(/[.,;:!?'’”»*/]+$/, "").replace(VIEW, "");
      for (const [opens, closes] of PAIRS) {
        if (doi.endsWith(closes) && many(doi, closes) > many(doi, opens)) doi = doi.slice(0, -1);
      }
    }
    return doi.toLowerCase();
  };

  /** A text without what is not seen and hides an identifier, and with room between identifiers in a row. */
  const laidOpen = (text) =>
    text
      .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "")
      .replace(/&lt;/g, "<")
      .replace(/&gt;/g, ">")
      .replace(/&amp;/g, "&")
      .replace(/[,;](?=(?:https?:|doi:|10\.\d{4}))/gi, " ");

  /** A finder of identifiers; `registers` is a regular expression for the numbers of registers. */
  const finder = (registers) => {
    const trial = new RegExp(`(?:^|[^\\w-])(${registers})(?![\\w-])`, "gi");
    /** The identifiers in a text, as they are looked up, and the text without them. */
    return (raw) => {
      const ids = new Set();
      let rest = laidOpen(raw);
      const take = (pattern, kind, valueOf) => {
        rest = rest.replace(pattern, (...found) => {
          const value = valueOf(found);
          if (value) ids.add(`${kind}:${value}`);
          return " ";
        });
      };
      take(DOI, "doi", (found) => doiIn(found[2]));
      PMID.forEach((pattern) => take(pattern, "pmid", (found) => String(Number(found[1]))));
      PMCID.forEach((pattern) => take(pattern, "pmcid", (found) => `pmc${Number(found[1])}`));
      take(trial, "trial", (found) => found[1].toLowerCase());
      return { ids: [...ids], rest };
    };
  };

  const short = (text) => {
    const line = text.replace(/\s+/g, " ").trim();
    return line.length > LONGEST_NAME ? `${line.slice(0, LONGEST_NAME)}…` : line;
  };

  /** Text that is no longer markup: "{\\'e}" and the like are left, braces and escapes of BibTeX are not. */
  const unbraced = (value) => value.replace(/[{}"]/g, "").replace(/\\(?=[_&%#$])/g, "");

  /** The fields of the body of a BibTeX entry, by name; none where a brace or a quotation mark is never closed. */
  const bibFields = (body) => {
    const fields = new Map();
    const name = /[\s,]*([A-Za-z][\w-]*)\s*=\s*/y;
    let end = 0;
    for (let found = name.exec(body); found; name.lastIndex = end, found = name.exec(body)) {
      let depth = 0;
      let quoted = false;
      for (end = name.lastIndex; end < body.length; end++) {
        const sign = body[end];
        if (sign === "\\") end++;
        else if (sign === "{") depth++;
        else if (sign === "}" && --depth < 0) break;
        else if (sign === '"' && depth === 0) quoted = !quoted;
        else if (sign === "," && depth === 0 && !quoted) break;
      }
      if (end >= body.length && (depth > 0 || quoted)) return new Map();
      fields.set(found[1].toLowerCase(), unbraced(body.slice(found.index + found[0].length, end)));
    }
    return fields;
  };

  const BIB_HEAD = /^[ \t]*@\s*(\w+)\s*[{(]\s*([^,{}\s]*)\s*,/gm;
  const BIB_PLACES = ["doi", "url", "note", "howpublished", "eprint", "annote", "link"];

  /** Each entry of a BibTeX text; one that is not closed ends where the next begins. */
  function* bibtex(text, find) {
    const heads = [...text.matchAll(BIB_HEAD)];
    yield* plain(text.slice(0, heads[0].index), find, true);
    for (const [at, head] of heads.entries()) {
      const body = text.slice(head.index + head[0].length, heads[at + 1]?.index);
      const fields = bibFields(body);
      const value = (name) => fields.get(name) ?? "";
      const eprint = /pubmed|pmid/i.test(value("eprinttype")) ? `PMID: ${value("eprint")}` : "";
      const pmcid = value("pmcid") && `PMCID: ${value("pmcid")}`;
      const texts = [value("pmid") && `PMID: ${value("pmid")}`, pmcid, eprint, ...BIB_PLACES.map(value)];
      // Of an entry whose fields cannot be told apart the text is looked through.
      const { ids } = find(fields.size ? texts.join("\n") : body);
      yield { name: short(value("title") || head[2] || body), ids };
    }
  }

  /** Records of lines that begin with a tag: `start` begins one; lines without a tag go on with the one before. */
  function* tagged(text, form, start, parted = false) {
    let record = null;
    let gap = true;
    for (const line of text.split(/\r\n?|\n/)) {
      const found = form.exec(line);
      // Where records are parted by an empty line, the next one may begin with any tag.
      if (found && (found[1] === start || (parted && gap))) {
        if (record) yield record;
        record = [];
      }
      gap = !line.trim();
      if (!record) continue;
      if (found) record.push([found[1], found[2].trim()]);
      else if (line.trim() && record.length) record.at(-1)[1] += ` ${line.trim()}`;
    }
    if (record) yield record;
  }

  const valueOf = (record, ...tags) => record.find(([tag, value]) => tags.includes(tag) && value)?.[1] ?? "";

  const RIS_PLACES = ["DO", "UR", "L1", "L2", "L3", "N1", "M3", "C2"];
  const RIS_LINE = /^\ufeff?([A-Z][A-Z0-9]) {1,2}- ?(.*)$/;

  function* ris(text, find) {
    for (const record of tagged(text, RIS_LINE, "TY")) {
      const texts = record.filter(([tag]) => RIS_PLACES.includes(tag)).map(([, value]) => value);
      const number = valueOf(record, "AN");
      const base = valueOf(record, "DB", "DP");
      // Other databases have numbers of their own here.
      if (!base || /pubmed|medline|nlm/i.test(base)) texts.push(/^\d{1,8}$/.test(number) ? `PMID: ${number}` : number);
      const name = valueOf(record, "TI", "T1", "CT", "BT") || valueOf(record, "ID") || record.flat().join(" ");
      yield { name: short(name), ids: find(texts.join("\n")).ids };
    }
  }

  const NBIB_LINE = /^\ufeff?([A-Z]{2,4}) *- ?(.*)$/;

  function* nbib(text, find) {
    for (const record of tagged(text, NBIB_LINE, "PMID", true)) {
      const texts = record.map(([tag, value]) => {
        if (tag === "PMID") return `PMID: ${value}`;
        return ["AID", "LID", "PMC", "SI"].includes(tag) ? value : "";
      });
      yield { name: short(valueOf(record, "TI") || `PMID ${valueOf(record, "PMID")}`), ids: find(texts.join("\n")).ids };
    }
  }

  function* csl(items, find) {
    for (const item of items) {
      const known = Object(item);
      const texts = ["DOI", "URL", "note"].map((name) => known[name] ?? "");
      texts.push(known.PMID ? `PMID: ${known.PMID}` : "", known.PMCID ? `PMCID: ${known.PMCID}` : "");
      yield { name: short(String(known.title ?? known.id ?? JSON.stringify(item))), ids: find(texts.join("\n")).ids };
    }
  }

  function* endnote(page, find) {
    for (const record of page.querySelectorAll("record")) {
      const text = (name) => record.querySelector(name)?.textContent.trim() ?? "";
      const number = text("accession-num");
      const texts = [text("electronic-resource-num"), text("urls"), text("custom2"), text("notes")];
      texts.push(/^\d{1,8}$/.test(number) ? `PMID: ${number}` : number);
      yield { name: short(text("titles > title") || record.textContent), ids: find(texts.join("\n")).ids };
    }
  }

  const NUMBERED = /^\s*(?:\[\d{1,4}\]|\d{1,4}[.)])\s/;

  /** The entries of a paragraph: numbered ones, or its lines, of which one that is cut goes on in the next. */
  const entriesOf = (paragraph, find) => {
    const lines = paragraph.split("\n").map((line) => line.trim()).filter(Boolean);
    const numbered = lines.some((line) => NUMBERED.test(line));
    const entries = [];
    lines.forEach((line, at) => {
      const before = lines[at - 1] ?? "";
      const cut = before.length >= WRAPPED && !/[.!?\]]$/.test(before) && !find(before).ids.length;
      const goesOn = at > 0 && (numbered ? !NUMBERED.test(line) : cut);
      goesOn ? (entries[entries.length - 1] += ` ${line}`) : entries.push(line);
    });
    return entries;
  };

  /** The entries of a text that is no format: references, or identifiers in a row. `onlyFound` leaves out the others. */
  function* plain(text, find, onlyFound = false) {
    for (const paragraph of text.replace(/\r\n?/g, "\n").split(/\n\s*\n/)) {
      for (const entry of entriesOf(paragraph, find)) {
        if (/^[\d\s,;]+$/.test(entry)) {
          const numbers = entry.split(/[\s,;]+/).filter(Boolean);
          yield* numbers.map((it) => ({ name: it, ids: /^\d{6,8}$/.test(it) ? [`pmid:${Number(it)}`] : [] }));
          continue;
        }
        const { ids, rest } = find(entry);
        const words = rest.replace(/https?:\/\/\S*|\b(?:dx\.)?doi(?:\.org)?\b|\bpmc?id\b/gi, "");
        // Nothing but identifiers: each is an entry of its own.
        if (ids.length > 1 && !/[\p{L}\p{N}]/u.test(words)) yield* ids.map((id) => ({ name: id, ids: [id] }));
        else if (ids.length || !onlyFound) yield { name: short(entry), ids };
      }
    }
  }

  const jsonIn = (text) => {
    if (!/^\s*[[{]/.test(text)) return null;
    try {
      const read = JSON.parse(text);
      return Array.isArray(read) ? read : (read.items ?? [read]);
    } catch {
      return null;
    }
  };

  const xmlIn = (text) => {
    if (!/^\s*<(?:\?xml|xml)/.test(text)) return null;
    const page = new DOMParser().parseFromString(text, "text/xml");
    return page.querySelector("parsererror") || !page.querySelector("record") ? null : page;
  };

  /** The entries of a text one by one, as {name, ids}, whatever format it is in; `format` says which. */
  const entriesIn = (raw, registers) => {
    const text = raw.replace(/^\ufeff/, "");
    const find = finder(registers);
    const items = jsonIn(text);
    const page = items ? null : xmlIn(text);
    if (items) return { format: "CSL-JSON", entries: csl(items, find) };
    if (page) return { format: "EndNote XML", entries: endnote(page, find) };
    if (text.search(BIB_HEAD) >= 0) return { format: "BibTeX", entries: bibtex(text, find) };
    if (/^TY {1,2}- /m.test(text)) return { format: "RIS", entries: ris(text, find) };
    if (/^(?:PMID *- *\d|(?:DP|FAU|PT) {1,3}- )/m.test(text)) return { format: "NBIB", entries: nbib(text, find) };
    return { format: "text", entries: plain(text, find) };
  };

  /** The text of a file's bytes and the encoding it was read in; null where it is no text. */
  const decode = (bytes) => {
    const as = (name) => ({ encoding: name, text: new TextDecoder(name).decode(bytes) });
    const [a, b] = bytes;
    if (a === 0xff && b === 0xfe) return as("utf-16le");
    if (a === 0xfe && b === 0xff) return as("utf-16be");
    const start = bytes.subarray(0, 2000);
    const empty = [0, 1].map((parity) => start.filter((byte, at) => at % 2 === parity && byte === 0).length);
    // Latin letters in UTF-16 have an empty byte each, all on one side.
    if (empty[1] > start.length / 4 && !empty[0]) return as("utf-16le");
    if (empty[0] > start.length / 4 && !empty[1]) return as("utf-16be");
    if (empty[0] + empty[1]) return null;
    try {
      return { encoding: "utf-8", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
    } catch {
      return as("windows-1252");
    }
  };

  window.backed.references = { decode, entriesIn };
})();
