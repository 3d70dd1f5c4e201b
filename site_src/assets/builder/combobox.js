// A field with suggestions, after the WAI-ARIA pattern "editable combobox with list autocomplete".
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});

  const MOST = 40; // suggestions shown at a time
  let count = 0;

  /** An element with properties and children; children that are texts stay texts. */
  const element = (tag, properties = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name in made && !name.startsWith("aria")) made[name] = value;
      else if (value !== undefined) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== undefined && child !== null));
    return made;
  };

  const folded = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  /**
   * A text field with a list below it. `options` gives [{value, label, words, note}] whenever the list opens; `changed`
   * is told the value of what is chosen, or the text as typed where it is none of them.
   */
  const combobox = ({ input, options, value, changed }) => {
    const list = element("ul", { id: `bk-options-${++count}`, role: "listbox", hidden: true, className: "bk-options" });
    list.setAttribute("aria-label", "Suggestions");
    const box = element("div", { className: "bk-combobox" }, input, list);
    Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" }).forEach(
      ([name, text]) => input.setAttribute(name, text),
    );
    input.autocomplete = "off";
    let shown = [];
    let active = -1;
    let typed = false;

    const labelOf = (one) => options().find((option) => option.value === one)?.label ?? one;
    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const mark = (place) => {
      active = place;
      [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === place)));
      const item = list.children[place];
      if (!item) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    };
    const item = (option, place) => {
      const made = element("li", { id: `${list.id}-${place}`, role: "option" }, element("span", {}, option.label));
      made.setAttribute("aria-selected", "false");
      if (option.note) made.append(element("small", {}, option.note));
      made.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
      made.addEventListener("click", () => choose(option));
      return made;
    };
    /** What comes near to a text that nothing fits, nearest first. */
    const nearTo = (text) => {
      const all = options();
      const close = builder.nearest(text, all.map(({ value: one, label, words }) => ({ value: one, words: [label, ...(words ?? [])] })));
      return close.map((one) => all.find((option) => option.value === one));
    };
    const open = () => {
      const words = typed ? folded(input.value).split(/\s+/).filter(Boolean) : [];
      const fits = (option) => {
        const text = folded([option.label, option.value, ...(option.words ?? [])].join(" "));
        return words.every((word) => text.includes(word));
      };
      shown = options().filter(fits).slice(0, MOST);
      if (!shown.length) shown = nearTo(input.value);
      list.replaceChildren(...shown.map(item));
      if (!shown.length) return close();
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark(-1);
    };
    const choose = (option) => {
      typed = false;
      input.value = option.label;
      close();
      changed(option.value);
    };
    const settle = () => {
      if (typed) {
        typed = false;
        const plain = folded(input.value.trim());
        const meant = options().find((option) => [option.value, option.label].some((text) => folded(text) === plain));
        if (meant) choose(meant);
        else changed(input.value.trim());
      }
      close();
    };
    input.value = value ? labelOf(value) : "";
    input.addEventListener("input", () => {
      typed = true;
      changed(input.value.trim());
      open();
    });
    input.addEventListener("click", () => (list.hidden ? open() : close()));
    input.addEventListener("blur", settle);
    input.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (list.hidden) open();
        const last = shown.length - 1;
        if (shown.length && !event.altKey) mark(active + step > last ? 0 : active + step < 0 ? last : active + step);
      } else if (event.key === "Enter" && !list.hidden && active >= 0) {
        event.preventDefault();
        choose(shown[active]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    return box;
  };

  Object.assign(builder, { element, combobox });
})();
