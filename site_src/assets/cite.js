// The boxes that say how to cite: one style at a time, chosen once for all pages, and a button that copies it.
(() => {
  "use strict";

  const KEPT = "backed-style";

  const remembered = () => {
    try {
      return localStorage.getItem(KEPT);
    } catch {
      return null; // storage is forbidden: the first style is shown
    }
  };

  const remember = (style) => {
    try {
      localStorage.setItem(KEPT, style);
    } catch {
      // it is chosen again on the next page
    }
  };

  /** Put text and HTML on the clipboard; where a page may not, by the old way of a selection that is copied. */
  const copy = async (text) => {
    const plain = text.textContent.trim();
    try {
      const parts = { "text/plain": plain, "text/html": text.innerHTML };
      const blobs = Object.entries(parts).map(([type, part]) => [type, new Blob([part], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
      return true;
    } catch {
      const chosen = getSelection();
      const range = document.createRange();
      range.selectNodeContents(text);
      chosen.removeAllRanges();
      chosen.addRange(range);
      const done = document.execCommand("copy");
      if (done) chosen.removeAllRanges(); // else it stays selected, to be copied by hand
      return done;
    }
  };

  const menus = [];

  const box = (section, number) => {
    const styles = [...section.querySelectorAll("[data-style]")];
    if (!styles.length) return;
    const tools = document.createElement("p");
    tools.className = "bk-citing__tools";
    const label = document.createElement("label");
    const menu = document.createElement("select");
    menu.id = `bk-style-${number}`;
    label.htmlFor = menu.id;
    label.textContent = "Style ";
    styles.forEach((style) => menu.add(new Option(style.querySelector(".bk-citing__name").textContent, style.dataset.style)));
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Copy";
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    const show = (id) => {
      menu.value = id;
      styles.forEach((style) => (style.hidden = style.dataset.style !== id));
      told.textContent = "";
    };
    menu.addEventListener("change", () => {
      remember(menu.value);
      menus.forEach((other) => other(menu.value));
    });
    button.addEventListener("click", async () => {
      const text = styles.find((style) => !style.hidden).querySelector(".bk-citing__text");
      told.textContent = ""; // so that the same words are said again
      told.textContent = (await copy(text)) ? "Copied." : "Selected: press Ctrl+C or ⌘C to copy.";
    });
    tools.append(label, menu, " ", button, " ", told);
    styles[0].before(tools);
    section.classList.add("bk-citing--chosen"); // the menu names the style now
    menus.push(show);
    show(styles.some((style) => style.dataset.style === remembered()) ? remembered() : styles[0].dataset.style);
  };

  document.querySelectorAll(".bk-citing").forEach(box);
})();
