// Rules about the publications: are they complete, and can their identifiers be what is written there? Twins of Python's.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});
  const { whole } = builder;
  const rules = (builder.rules ??= {});

  const other = (name, value, meant, example) => [
    name.toLowerCase(),
    `\`${value}\` is no ${name}`,
    meant ? `did you mean \`${meant}\`?` : `as in ${example}`,
  ];
  const mistyped = (name, value, digit, work) => [
    name.toLowerCase(),
    `\`${value}\` is no ${name}: after its other digits the last would be ${digit}, not ${value.at(-1)}`,
    `one of its digits is mistyped; look at the ${work}`,
  ];

  /** The last character of an ISSN or an ISBN-10, whose weights fall by one from `first`. */
  const modulo11 = (digits, first) => {
    const total = [...digits].reduce((sum, digit, place) => sum + Number(digit) * (first - place), 0);
    const rest = (11 - (total % 11)) % 11;
    return rest === 10 ? "X" : String(rest);
  };
  const ean = (digits) => {
    const total = [...digits].reduce((sum, digit, place) => sum + Number(digit) * (place % 2 ? 3 : 1), 0);
    return String((10 - (total % 10)) % 10);
  };

  /** The DOI that a text was likely meant to be, or nothing: an address before it is taken off, a lost start put back. */
  const doiMeant = (text, facts) => {
    const bare = text.trim().replace(new RegExp(facts.doiWrapped, "gi"), "");
    const start = ["", "1", "10", "10."].find((one) => whole(facts.doi).test(one + bare));
    if (start !== undefined) return start + bare;
    return (bare.match(new RegExp(facts.doi))?.[0] ?? "").replace(/[.,;:]+$/, "");
  };

  const issn = (value) => {
    const found = value.toUpperCase().match(/^(\d{4})-?(\d{3})([\dX])$/);
    if (!found) return other("ISSN", value, "", "1438-8871");
    const digit = modulo11(found[1] + found[2], 8);
    if (digit !== found[3]) return mistyped("ISSN", value, digit, "journal");
    const right = `${found[1]}-${found[2]}${digit}`;
    return value === right ? null : other("ISSN", value, right, "");
  };
  const isbn = (value) => {
    const bare = value.replaceAll("-", "").toUpperCase();
    if (!/^(?:97[89]\d{10}|\d{9}[\dX])$/.test(bare)) return other("ISBN", value, "", "978-92-4-008178-9");
    const digit = bare.length === 13 ? ean(bare.slice(0, -1)) : modulo11(bare.slice(0, -1), 10);
    return digit === bare.at(-1) ? null : mistyped("ISBN", value, digit, "book");
  };
  const each = (judge) => (value) => value.trim().split(/\s*[,;/]\s*|\s+/).map(judge).find(Boolean);

  const JUDGES = {
    doi: (value, facts) => (whole(facts.doi).test(value) ? null : other("DOI", value, doiMeant(value, facts), "10.1097/01.brs.0000146464.23007.2a")),
    pmid: (value, facts) => {
      if (whole(facts.pmid).test(value)) return null;
      const found = /PMC/i.test(value) ? null : value.match(/^\D*0*([1-9]\d{0,7})\/?$/);
      return other("PMID", value, found?.[1], "15564907");
    },
    pmcid: (value, facts) => {
      if (whole(facts.pmcid).test(value)) return null;
      const found = value.match(/^(?:.*PMC)?\s*([1-9]\d{3,7})\/?$/i);
      return other("PMCID", value, found && `PMC${found[1]}`, "PMC1446853");
    },
    issn: each(issn),
    isbn: each(isbn),
    url: (value, facts) => {
      if (whole(facts.web).test(value)) return null;
      const meant = value.startsWith("www.") && whole(facts.web).test(`https://${value}`) ? `https://${value}` : "";
      return other("URL", value, meant, "https://www.nice.org.uk/");
    },
  };

  rules["identifier-form"] = function* ({ works, facts }) {
    for (const work of works) {
      for (const [name, judge] of Object.entries(JUDGES)) {
        const found = work[name] && judge(work[name], facts);
        if (found) yield [[work.key, found[0]], found[1], found[2]];
      }
    }
  };

  rules["doi-year"] = function* ({ works, facts }) {
    for (const { key, doi, year } of works) {
      const habit = facts.habits.map((one) => doi.match(whole(one.whole, "i"))?.groups?.year).find(Boolean);
      const digits = Number(habit);
      const held = digits > 99 ? digits : digits + (digits > 60 ? 1900 : 2000);
      if (!habit || !/^\d+$/.test(year) || (Number(year) >= held && Number(year) <= held + facts.lag)) continue;
      const message = `the work is dated ${year}, but its DOI \`${doi}\` is of ${held}`;
      yield [[key, "year"], message, "look at the work; correct the year or the DOI"];
    }
  };

  rules["bib-incomplete"] = function* ({ works, facts }) {
    for (const { key, title, year, type, url, people } of works) {
      const dated = year || (facts.webTypes.includes(type) && url);
      const missing = Object.entries({ title, year: dated, "author or editor": people }).filter(([, value]) => !value);
      if (missing.length) {
        const hint = "add it; a group author stands in double braces: author = {{World Health Organization}}";
        yield [[key], `the entry has no ${missing.map(([name]) => name).join(" and no ")}`, hint];
      }
    }
  };

  Object.assign(builder, { doiMeant });
})();
