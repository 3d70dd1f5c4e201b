// Everything here only adds to pages that are whole without it: a filter for lists, previews of citations, copying.
(() => {
  "use strict";

  /** Buttons that show only the list items with one value. */
  const filterList = (box) => {
    const items = [...document.querySelectorAll(`#${box.dataset.filter} > [data-value]`)];
    const buttons = [...box.querySelectorAll("button")];
    box.hidden = false;
    buttons.forEach((button) =>
      button.addEventListener("click", () => {
        buttons.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
        const value = button.dataset.value;
        items.forEach((item) => (item.hidden = value !== "" && item.dataset.value !== value));
      }),
    );
  };

  /** The reference behind a number, shown beside it while either is pointed at or the number is focused. */
  const previews = (links) => {
    const box = document.createElement("div");
    box.className = "bk-preview";
    box.id = "bk-preview";
    box.setAttribute("role", "tooltip");
    let shown = null;
    let leaving = 0;
    const hide = () => {
      clearTimeout(leaving);
      box.remove();
      document.removeEventListener("keydown", escape);
      shown?.removeAttribute("aria-describedby");
      shown = null;
    };
    const escape = (event) => event.key === "Escape" && hide();
    // The pointer has a moment to cross from the number to the box.
    const leave = () => {
      clearTimeout(leaving);
      leaving = setTimeout(hide, 200);
    };
    const show = (link) => {
      hide();
      const text = document.querySelector(`${link.getAttribute("href")} .bk-ref-text`);
      if (!text) return;
      shown = link;
      document.addEventListener("keydown", escape);
      box.textContent = text.textContent;
      link.closest("article").append(box);
      link.setAttribute("aria-describedby", box.id);
      const at = link.getBoundingClientRect();
      const origin = box.offsetParent.getBoundingClientRect();
      const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - box.offsetWidth - 8));
      const above = at.top > box.offsetHeight + 100; // the header needs room too
      const top = above ? at.top - box.offsetHeight - 6 : at.bottom + 6;
      box.style.left = `${left - origin.left}px`;
      box.style.top = `${top - origin.top}px`;
    };
    links.forEach((link) => {
      link.addEventListener("mouseenter", () => show(link));
      // Only the keyboard asks by focus; a frame later the way back from a reference has scrolled to the number.
      link.addEventListener("focus", () => requestAnimationFrame(() => link.matches(":focus-visible") && show(link)));
      link.addEventListener("mouseleave", leave);
      link.addEventListener("blur", hide);
    });
    box.addEventListener("mouseenter", () => clearTimeout(leaving));
    box.addEventListener("mouseleave", leave);
  };

  const start = () => {
    document.querySelectorAll(".bk-filter").forEach(filterList);
    previews(document.querySelectorAll(".bk-cite a"));
  };
  // The theme tells of each page, also of those that it exchanges without loading (navigation.instant).
  if (window.document$) document$.subscribe(start);
  else document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
