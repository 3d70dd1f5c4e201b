// The evidence map narrowed to some people and some kinds of studies: what each view holds was written by the build.
(() => {
  "use strict";

  const tools = document.querySelector(".bk-map-tools");
  const at = (name) => tools.querySelector(`[data-part="${name}"]`);
  const choices = { people: at("people"), design: at("design") };
  const [output, reset] = [tools.querySelector("output"), tools.querySelector(".bk-reset")];
  const CLASSES = "bk-bubble";
  let turn = 0; // what was asked for last counts, whatever arrives first

  const cells = [...document.querySelectorAll(".bk-map td[data-cell]")].map((cell) => {
    const key = `${cell.closest("table").dataset.side} ${cell.dataset.cell}`;
    const link = cell.querySelector("a");
    return { cell, key, link, said: link.querySelector(".bk-sr"), dots: link.querySelector("i") };
  });

  /** Show what a view holds; a cell in which it holds nothing keeps its place. */
  const show = (view) => {
    cells.forEach(({ cell, key, link, said, dots }) => {
      const held = Object.hasOwn(view.cells, key) ? view.cells[key] : null;
      cell.classList.toggle("bk-map-away", !held);
      if (!held) return;
      const [state, lines, size, level, filled, words] = held;
      link.className = [CLASSES, size, level || "unjudged", state].join(` ${CLASSES}--`);
      link.querySelectorAll("b").forEach((line) => line.remove());
      said.before(...lines.map((line) => Object.assign(document.createElement("b"), { textContent: line })));
      said.textContent = ` ${words}`;
      dots.textContent = filled ? "●".repeat(filled) + "○".repeat(4 - filled) : "";
    });
    output.textContent = view.told;
  };

  const keep = () => {
    const address = new URL(location.href);
    for (const [name, { value }] of Object.entries(choices)) {
      value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  };

  const update = async () => {
    const mine = ++turn;
    reset.hidden = !choices.people.value && !choices.design.value;
    keep();
    try {
      const name = `map/${choices.people.value || "all"}.${choices.design.value || "all"}`;
      const view = await window.backed.shards.part(name);
      if (mine === turn) show(view);
    } catch (error) {
      if (mine === turn) output.textContent = `${error.message}. Look at your connection, then choose again.`;
    }
  };

  const asked = new URLSearchParams(location.search);
  for (const [name, select] of Object.entries(choices)) {
    select.value = asked.get(name) ?? "";
    if (select.selectedIndex < 0) select.value = ""; // nobody has studied these, or it is no choice
    select.addEventListener("change", update);
  }
  reset.addEventListener("click", () => {
    Object.values(choices).forEach((select) => (select.value = ""));
    update();
    choices.people.focus(); // the button that had the focus is gone
  });
  tools.classList.add("bk-ready");
  if (choices.people.value || choices.design.value) update();
})();
