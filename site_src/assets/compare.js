// Studies side by side: what the build tells of each, row by row, with what differs marked.
(() => {
  "use strict";

  const { shards, selection } = window.backed;
  const MOST = 6;
  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
  const page = document.getElementById("compare");
  const one = (name) => page.querySelector(`[data-part="${name}"]`);

  const element = (name, values = {}, ...children) => {
    const made = Object.assign(document.createElement(name), values);
    made.append(...children);
    return made;
  };

  /** The studies that the address names, or else those of the reader's selection. */
  const asked = () => {
    const named = new URLSearchParams(location.search).get("studies");
    const listed = named === null ? selection.keys() : named.split(",");
    return [...new Set(listed.map((id) => id.trim()))].filter((id) => ID.test(id) && id.length <= 200);
  };

  /** What is told of the studies that there are, and the ids of which nothing is. */
  const load = async (ids) => {
    const found = await Promise.allSettled(ids.map((id) => shards.part(`compare/${id}`)));
    const known = found.filter(({ status }) => status === "fulfilled").map(({ value }) => value);
    return { known, lost: ids.filter((_, at) => found[at].status === "rejected") };
  };

  const SVG = "http://www.w3.org/2000/svg";
  const drawn = (name, values, ...children) => {
    const made = document.createElementNS(SVG, name);
    Object.entries(values).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  };

  /** Where values of a scale lie between 0 and 100, of all intervals that are shown and no effect. */
  const axis = (scale, results) => {
    const at = (value) => (scale.ratio ? Math.log(value) : value);
    const ends = [scale.none, ...results.flatMap(({ interval }) => interval)].map(at).filter(Number.isFinite);
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    const room = (high - low || 1) * 0.05;
    return (value) => ((at(value) - low + room) / (high - low + 2 * room)) * 100;
  };

  /** An interval with its estimate as a line; the text beside it says the same. */
  const plot = (result, scale, place) => {
    const [estimate, low, high] = result.interval.map((value) => place(value).toFixed(2));
    const none = place(scale.none).toFixed(2);
    const picture = drawn(
      "svg",
      { viewBox: "0 0 100 16", preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false", "data-search-exclude": "" },
      drawn("line", { class: "bk-null", x1: none, x2: none, y1: 0, y2: 16 }),
      drawn("path", { d: `M${low} 8H${high}M${low} 5v6M${high} 5v6` }),
      drawn("rect", { x: estimate - 1, y: 4.5, width: 2, height: 7 }),
    );
    return picture;
  };

  const line = (text) => element("span", { className: "bk-compare__line", textContent: text });
  const nothing = (text) => element("span", { className: "bk-compare__none", textContent: text });

  const resultLines = (results, draw) =>
    results.map((result) =>
      element(
        "span",
        { className: "bk-compare__line" },
        ...(result.text ? [element("strong", { textContent: result.text })] : []),
        ...(draw ? [draw(result)] : []),
        element("span", { className: "bk-sub", textContent: result.about }),
      ),
    );

  /** A row: its name, and a cell for each study. It differs where two studies tell different things; not seen is none. */
  const row = (label, cells, texts, unit = "") => {
    const differs = new Set(texts.filter(Boolean)).size > 1;
    const head = element("th", { scope: "row", textContent: label });
    if (unit) head.append(element("span", { className: "bk-sub", textContent: unit }));
    if (differs) head.append(element("span", { className: "bk-differs", textContent: "differs" }));
    const made = element("tr", { className: differs ? "bk-compare--differs" : "" }, head);
    made.append(...cells.map((content) => element("td", {}, ...content)));
    return made;
  };

  const group = (name, rows, many) => {
    if (!rows.length) return null;
    const head = element("th", { scope: "rowgroup", colSpan: many + 1, textContent: name });
    return element("tbody", {}, element("tr", {}, head), ...rows);
  };

  const factRows = (studies, at) =>
    studies[0].facts[at][1].flatMap(([label], which) => {
      const lines = studies.map(({ facts }) => facts[at][1][which][1]);
      if (lines.every((list) => !list.length)) return [];
      const cells = lines.map((list) => (list.length ? list.map(line) : [nothing("not seen")]));
      return [row(label, cells, lines.map((list) => list.join("\n")))];
    });

  /** Everything that one of the studies tells under a name (scales, outcomes), in order, with each study's own. */
  const together = (studies, name) => {
    const all = new Map(studies.flatMap((study) => study[name].map((entry) => [entry.key, entry])));
    const order = [...all.values()].sort((a, b) => a.order - b.order || (a.key < b.key ? -1 : 1));
    return order.map((entry) => ({
      entry,
      each: studies.map((study) => study[name].find(({ key }) => key === entry.key)?.results ?? []),
    }));
  };

  const scaleRows = (studies) =>
    together(studies, "scales").map(({ entry, each }) => {
      const place = axis(entry, each.flat());
      const draw = (result) => plot(result, entry, place);
      const cells = each.map((results) => (results.length ? resultLines(results, draw) : [nothing("none on this scale")]));
      const made = row(entry.label, cells, each.map((results) => results.map(({ text }) => text).join("\n")), entry.unit);
      const [less, more] = entry.sides;
      made.cells[0].append(element("span", { className: "bk-sub", textContent: `← ${less} · ${more} →` }));
      return made;
    });

  const printedRows = (studies) =>
    together(studies, "outcomes").map(({ entry, each }) => {
      const cells = each.map((results) => (results.length ? resultLines(results) : [nothing("not recorded")]));
      return row(entry.label, cells, each.map((results) => results.map(({ text, about }) => text || about).join("\n")));
    });

  const heads = (studies) =>
    studies.map(({ id, name, title, state }) => {
      const cell = element(
        "th",
        { scope: "col" },
        element("a", { href: shards.address(`studies/${id}/`), textContent: name }),
        element("span", { className: "bk-sub", textContent: title }),
      );
      if (state) cell.append(element("span", { className: "bk-sub bk-state", textContent: state }));
      if (studies.length > 2) {
        const button = element("button", { type: "button", className: "bk-copy", textContent: "Remove" });
        button.setAttribute("aria-label", `Remove ${name}`);
        button.addEventListener("click", () => {
          history.replaceState(history.state, "", addressOf(studies.map((study) => study.id).filter((one) => one !== id)));
          show().then(() => page.focus());
        });
        cell.append(button);
      }
      return cell;
    });

  const addressOf = (ids) => `${location.pathname}?studies=${ids.map(encodeURIComponent).join(",")}`;

  const table = (studies) => {
    const many = studies.length;
    const first = element("td", {}, element("span", { className: "bk-sr", textContent: "Row" }));
    const made = element("table", { className: "bk-table bk-compare" });
    made.style.setProperty("--studies", many);
    const facts = studies[0].facts.map(([name], at) => group(name, factRows(studies, at), many));
    const results = [
      group("Results on one scale", scaleRows(studies), many),
      group("All results, as printed", printedRows(studies), many),
    ];
    made.append(element("thead", {}, element("tr", {}, first, ...heads(studies))));
    made.append(...[...facts.slice(0, 3), ...results, ...facts.slice(3)].filter(Boolean));
    return made;
  };

  /** Why there is nothing to show, or less than was asked for. */
  const say = (known, lost, left) =>
    [
      lost.length ? `Not a study recorded here: ${lost.join(", ")}.` : "",
      left ? `At most ${MOST} studies fit side by side: the first ${MOST} are shown.` : "",
      known.length < 2 ? "Tick two to six studies, then choose “Compare” in the corner." : "",
    ].filter(Boolean);

  const show = async () => {
    const ids = asked();
    const { known, lost } = await load(ids.slice(0, MOST));
    const enough = known.length > 1;
    one("told").replaceChildren(...say(known, lost, ids.length > MOST).map((text) => element("span", { className: "bk-compare__line", textContent: text })));
    one("table").replaceChildren(...(enough ? [table(known)] : []));
    one("tools").hidden = one("table").hidden = !enough;
    if (enough) {
      history.replaceState(history.state, "", addressOf(known.map(({ id }) => id)) + location.hash);
      document.title = `${known.map(({ name }) => name).join(" · ")} – ${page.dataset.site || "Compare"}`;
    }
    onlyDiffering();
  };

  const onlyDiffering = () => {
    const only = one("only").checked;
    one("table").querySelectorAll("tbody tr:has(td)").forEach((each) => {
      each.hidden = only && !each.classList.contains("bk-compare--differs");
    });
  };

  const copyLink = async () => {
    const published = location.protocol === "file:" && document.querySelector("link[rel=canonical]")?.href;
    try {
      await navigator.clipboard.writeText(published ? published + location.search : location.href);
      one("copied").textContent = "Copied";
    } catch {
      one("copied").textContent = "This browser does not let us copy: the link is the address of this page.";
    }
  };

  const start = () => {
    page.hidden = false;
    one("only").addEventListener("change", onlyDiffering);
    one("share").addEventListener("click", copyLink);
    one("print").addEventListener("click", () => window.print());
    return show();
  };
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
