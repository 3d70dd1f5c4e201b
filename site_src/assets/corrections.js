// Reporting a mistake: select words, press Ctrl+Enter (or tap the button beside them), and a dialog opens. Nothing is
// sent from here: the dialog opens an issue or a mail with much filled in, or copies the text. The plain link at the
// foot of each page does the same without a script; what it knows of the page stands in its data attributes.
(() => {
  "use strict";

  // The address of an issue is encoded twice for people who have to log in first (%20 becomes %2520), and code hosts
  // refuse addresses of more than about 8,000 characters; mail programs cut at about 2,000.
  const LONGEST = { issue: 4500, mail: 1900 };
  const PASSAGE = { start: 400, end: 150 };
  const ELSEWHERE = "a[href], button, summary, input, textarea, select, form, dialog, [contenteditable]";
  const QUESTION = "What is wrong, and how do you know (source, page)?";

  let typed = ""; // what was typed into a dialog that was closed

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  const foot = () => document.querySelector(".bk-report a[data-page]");
  const content = () => document.querySelector("article.md-content__inner");

  /** Words on one line, long ones cut in the middle: where they begin and where they end is what finds them again. */
  const shortened = (words) => {
    const all = [...words.replace(/[\s\p{Cc}]+/gu, " ").trim()];
    if (all.length <= PASSAGE.start + PASSAGE.end) return all.join("");
    return `${all.slice(0, PASSAGE.start).join("").trim()} … ${all.slice(-PASSAGE.end).join("").trim()}`;
  };

  /** The words selected in the page's content and the nearest place above them that has an address. */
  const selected = () => {
    const selection = window.getSelection();
    const words = shortened(String(selection));
    if (!words || !selection.rangeCount || !content()) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(content())) return null;
    const above = [...content().querySelectorAll("[id]")].filter(
      (it) => it.contains(range.startContainer) || it.compareDocumentPosition(range.startContainer) & 4, // it precedes
    );
    return { words, place: above.length ? `#${above[above.length - 1].id}` : "", range };
  };

  /** All that a report says, by the ids of the form's fields. */
  const report = (passage) => {
    const { page, record, file, version, issues, mail } = foot().dataset;
    const said = { page: page + (passage?.place ?? ""), file, version, passage: passage?.words ?? "", wrong: "" };
    return { said, record: record || page, issues, mail };
  };

  const issueAddress = ({ issues, record, said }, all = true) => {
    const { passage, wrong, ...about } = said;
    const fields = { template: "correction.yml", title: `Correction: ${record}`, ...about, ...(all && { passage, wrong }) };
    return `${issues}?${new URLSearchParams(Object.entries(fields).filter(([, value]) => value))}`;
  };

  const asText = ({ record, said }) =>
    [
      `Page: ${said.page}`,
      said.file && `Record: ${record} (${said.file})`,
      said.version && `Version: ${said.version}`,
      said.passage && `\nPassage:\n> ${said.passage}`,
      `\n${QUESTION}\n${said.wrong}`,
    ]
      .filter(Boolean)
      .join("\n");

  const mailAddress = (made, body) => {
    const fields = { subject: `Correction: ${made.record}`, body: body.replace(/\n/g, "\r\n") };
    const query = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed?.() ?? value)}`);
    return `mailto:${encodeURIComponent(made.mail).replace("%40", "@")}?${query.join("&")}`;
  };

  /** Put a text on the clipboard; where the browser refuses, show it to be copied by hand. Says which of the two. */
  const copy = async (text, byHand) => {
    try {
      await navigator.clipboard.writeText(text);
      byHand.hidden = true;
      return true;
    } catch {
      byHand.hidden = false;
      byHand.value = text;
      byHand.select();
      return false;
    }
  };

  /** The three ways a report can go; a link whose address would be too long opens nearly empty, the text is copied. */
  const ways = (made, tell, byHand) => {
    const told = (done, next) => tell(done ? `Copied. ${next}` : `Copy the text below by hand. ${next}`);
    const link = (textContent, whole, short, longest, next) => {
      const it = make("a", { textContent, className: "bk-way", target: "_blank", rel: "noopener" });
      const tooLong = () => whole().length > longest;
      const refresh = () => (it.href = tooLong() ? short() : whole());
      it.addEventListener("click", async () => {
        if (!tooLong()) return tell("");
        told(await copy(asText(made), byHand), next);
      });
      return [it, refresh];
    };
    const paste = "It was too long for an address: paste it into";
    const issue = () =>
      link("Open an issue", () => issueAddress(made), () => issueAddress(made, false), LONGEST.issue, `${paste} the form.`);
    const mail = () =>
      link("Write a mail", () => mailAddress(made, asText(made)), () => mailAddress(made, ""), LONGEST.mail, `${paste} the mail.`);
    const button = make("button", { type: "button", className: "bk-way", textContent: "Copy the text" });
    button.addEventListener("click", async () => told(await copy(asText(made), byHand), "Nothing was sent."));
    const links = [...(made.issues ? [issue()] : []), ...(made.mail ? [mail()] : [])];
    const refresh = () => links.forEach(([, renew]) => renew());
    return { elements: [...links.map(([it]) => it), button], refresh };
  };

  const facts = ({ record, said }) => {
    const rows = [["Record", said.file && `${record} (${said.file})`], ["Page", said.page], ["Version", said.version]];
    const shown = rows.filter(([, value]) => value);
    return make("dl", {}, ...shown.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
  };

  const explained = ({ issues, mail }) =>
    [
      "Nothing is sent by this page: you look over what opens, or what you copied, and send it yourself.",
      issues && "An issue is public and needs an account.",
      issues && mail && "A mail does not.",
    ]
      .filter(Boolean)
      .join(" ");

  /** Open the dialog about a passage, or about the page as a whole. */
  const open = (passage) => {
    const made = report(passage);
    const status = make("output", { role: "status" });
    const byHand = make("textarea", { className: "bk-by-hand", readOnly: true, hidden: true, rows: 5 });
    byHand.setAttribute("aria-label", "The text to copy");
    const { elements, refresh } = ways(made, (words) => (status.textContent = words), byHand);
    const field = make("textarea", { rows: 4, value: typed, autofocus: true });
    const renew = () => {
      typed = made.said.wrong = field.value;
      refresh();
    };
    field.addEventListener("input", renew);
    renew();
    const close = make("button", { type: "button", textContent: "Close" });
    const dialog = make(
      "dialog",
      { className: "bk-dialog md-typeset" },
      make("h2", { id: "bk-dialog-title" }, "Report a mistake"),
      make("p", { id: "bk-dialog-about" }, explained(made)),
      passage
        ? make("blockquote", { dir: "auto" }, passage.words)
        : make("p", { className: "bk-soft" }, "No words are selected, so this is about the whole page."),
      facts(made),
      make("label", {}, make("span", {}, QUESTION), field),
      make("div", { className: "bk-ways" }, ...elements, close),
      status,
      byHand,
    );
    dialog.setAttribute("aria-labelledby", "bk-dialog-title");
    dialog.setAttribute("aria-describedby", "bk-dialog-about");
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.defaultPrevented || event.isComposing || event.target.closest?.(ELSEWHERE) || !foot()) return;
    const passage = selected();
    if (!passage) return;
    event.preventDefault();
    open(passage);
  });

  document.addEventListener("click", (event) => {
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!plain || event.target.closest?.(".bk-report a[data-page]") !== foot() || !foot()) return;
    event.preventDefault();
    open(null);
  });

  // On a touch screen, where there is no Ctrl key, a button stands below the selection for as long as there is one.
  const beside = make("button", { type: "button", className: "bk-report-here", textContent: "Report a mistake" });
  let touched = false;
  let waiting = 0;
  let passage = null;
  document.addEventListener("pointerdown", (event) => (touched = event.pointerType !== "mouse"), true);
  beside.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  beside.addEventListener("click", () => {
    beside.remove();
    if (passage) open(passage);
  });
  const show = () => {
    const found = touched && foot() && !document.querySelector("dialog[open]") ? selected() : null;
    if (!found) return beside.matches(":focus, :active") ? undefined : beside.remove();
    passage = found;
    content().append(beside);
    const boxes = found.range.getClientRects();
    const last = boxes[boxes.length - 1] ?? found.range.getBoundingClientRect();
    const origin = beside.offsetParent.getBoundingClientRect();
    const widest = document.documentElement.clientWidth - beside.offsetWidth - 8;
    beside.style.left = `${Math.max(8, Math.min(last.left, widest)) - origin.left}px`;
    beside.style.top = `${last.bottom + 12 - origin.top}px`;
  };
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 250); // the ends of a selection are still being moved
  });
})();
