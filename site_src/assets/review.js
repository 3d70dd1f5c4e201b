// The page on which a record is reviewed: ticks are kept in this browser, and the reviewer's line is written from what
// was typed. A tick belongs to the figure it was set at: where the record says something else by now, it is gone.
(() => {
  "use strict";
  const SHOWN = { name: "YOUR PUBLIC NAME", on: "YEAR-MONTH-DAY", compared: "WHAT YOU COMPARED" };

  /** Ticks as a map of path to value; nothing where the browser keeps nothing. */
  const kept = (key) => {
    try {
      return new Map(Object.entries(JSON.parse(localStorage.getItem(key)) ?? {}));
    } catch {
      return new Map();
    }
  };
  const keep = (key, ticks) => {
    try {
      if (ticks.size) localStorage.setItem(key, JSON.stringify(Object.fromEntries(ticks)));
      else localStorage.removeItem(key);
    } catch {
      // The page is as useful without: it can be printed with its ticks.
    }
  };

  /** A text as YAML reads it on one line, whatever stands in it. */
  const quoted = (text) => JSON.stringify(text.replace(/[\p{Cc}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\ufeff]+/gu, " ").trim());

  const start = (review) => {
    const key = `backed:review:${review.dataset.review}`;
    const boxes = [...review.querySelectorAll("input[type=checkbox]")];
    const ticks = kept(key);
    const count = review.querySelector(".bk-ticked output");
    const tell = () => (count.textContent = `${boxes.filter((box) => box.checked).length} of ${boxes.length} ticked`);
    boxes.forEach((box) => {
      box.checked = ticks.get(box.name) === box.value;
      box.addEventListener("change", () => {
        if (box.checked) ticks.set(box.name, box.value);
        else ticks.delete(box.name);
        keep(key, ticks);
        tell();
      });
    });
    const act = (name, does) => review.querySelector(`[data-do=${name}]`).addEventListener("click", does);
    act("clear", () => {
      boxes.forEach((box) => (box.checked = false));
      ticks.clear();
      keep(key, ticks);
      tell();
    });
    act("print", () => window.print());

    const code = review.querySelector(".bk-yaml code");
    const fields = [...review.querySelectorAll("[data-fill]")];
    const write = () => {
      const said = { ...SHOWN };
      fields.forEach(({ dataset, value }) => (said[dataset.fill] = value.trim() || SHOWN[dataset.fill]));
      const { name, on, compared } = said;
      const whole = name !== SHOWN.name && compared !== SHOWN.compared; // `backed check` refuses the day that is none
      code.textContent = `checked_by: {name: ${quoted(name)}, on: ${whole ? on : SHOWN.on}, compared: ${quoted(compared)}}`;
    };
    fields.forEach((field) => field.addEventListener("input", write));
    const status = review.querySelector("[role=status]");
    act("copy", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
        status.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
        status.textContent = "Selected: copy it by hand";
      }
    });
    tell();
    review.querySelectorAll(".bk-tools").forEach((tools) => tools.classList.add("bk-ready"));
  };
  document.querySelectorAll(".bk-review").forEach(start);
})();
