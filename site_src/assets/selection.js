// The page of the reader's selection: what is in it, taken along as a file or a copied list, or shared as a link.
(() => {
  "use strict";

  const { shards, selection } = window.backed;
  const page = document.getElementById("selection");
  const one = (name) => page.querySelector(`[data-part="${name}"]`);
  const parts = ["link", "count", "notice", "works", "empty", "take", "format", "preview", "told", "address"];
  const at = Object.fromEntries(parts.map((name) => [name, one(name)]));
  // Of a site that was unpacked into a folder, the address at which everybody finds this page.
  const published = location.protocol === "file:" && document.querySelector("link[rel=canonical]")?.href;
  const home = published || shards.address("selection/");
  const takers = [one("save"), one("copy")];
  let formats = [];
  let works = new Map(); // what is known of the works of the selection
  let written = ""; // the file, exactly as it is saved
  let turn = 0; // what was asked for last counts, whatever arrives first

  const element = (name, text, values = {}) =>
    Object.assign(document.createElement(name), { textContent: text, ...values });
  const counted = (many) => `${many} ${many === 1 ? "work" : "works"}`;

  /** Say why something could not be done. */
  const tell = (error) =>
    (at.told.textContent = `${error.message}. Look at your connection, or take the files of the bibliography.`);

  /** The order of two texts by their code points, as the build sorts. */
  const byCodePoint = (a, b) => {
    const [first, second] = [Array.from(a), Array.from(b)];
    const apart = first.findIndex((sign, index) => sign !== second[index]);
    if (apart < 0) return first.length - second.length;
    return apart < second.length ? first[apart].codePointAt(0) - second[apart].codePointAt(0) : 1;
  };

  /** The text of a file with these works, put together of ready entries as the build does it. */
  const write = async (format, keys) => {
    const entries = await shards.values(format.id, keys);
    const listed = [...keys].sort(byCodePoint).filter((key) => entries.has(key)).map((key) => entries.get(key));
    if (!format.ordered) return format.head + listed.join(format.between) + format.tail;
    listed.sort(([, a], [, b]) => byCodePoint(a, b));
    return format.head + listed.map(([entry]) => entry).join(format.between) + format.tail;
  };

  const format = () => formats.find(({ id }) => id === at.format.value);

  const showFile = async () => {
    const mine = ++turn;
    const keys = [...works.keys()].sort(byCodePoint);
    at.take.hidden = keys.length === 0;
    at.address.value = home + selection.fragment(keys);
    if (!keys.length) return;
    const ready = (text) => {
      written = text;
      at.preview.value = text;
      takers.forEach((button) => (button.disabled = !text));
    };
    takers.forEach((button) => (button.disabled = true)); // what is there is of another selection or format
    try {
      const text = await write(format(), keys);
      if (mine !== turn) return;
      ready(text);
      at.told.textContent = "";
    } catch (error) {
      if (mine !== turn) return;
      ready("");
      tell(error);
    }
  };

  /** A work as an item of the list. */
  const item = (key, work) => {
    const line = document.createElement("li");
    const name = work ? work.label : key;
    if (work) line.append(element("a", work.label, { href: shards.address(work.url) }), ` ${work.title}`);
    else line.append(`${key}: not known here`);
    if (work?.became) line.append(element("span", work.became, { className: "bk-sub bk-state" }));
    const button = element("button", "Remove", { type: "button", className: "bk-copy" });
    button.setAttribute("aria-label", `Remove ${name}`);
    button.addEventListener("click", () => {
      const index = [...at.works.children].indexOf(line);
      selection.remove([key]);
      focusAfter = index;
    });
    line.append(" ", button);
    return line;
  };
  let focusAfter = -1;

  const show = async () => {
    const keys = selection.keys();
    const known = await shards.values("works", keys);
    const moved = keys.filter((key) => typeof known.get(key) === "string");
    if (moved.length) {
      selection.replace(keys.map((key) => (moved.includes(key) ? known.get(key) : key))); // this shows it again
      return;
    }
    works = known;
    at.count.textContent = keys.length ? `${counted(keys.length)} in your selection` : "";
    at.empty.hidden = keys.length > 0;
    at.works.replaceChildren(...[...keys].sort(byCodePoint).map((key) => item(key, known.get(key))));
    at.notice.hidden = selection.kept();
    one("clear").hidden = keys.length === 0;
    if (focusAfter >= 0) (at.works.querySelectorAll("button")[Math.min(focusAfter, keys.length - 1)] ?? page).focus();
    focusAfter = -1;
    await showFile();
  };

  /** The works that the address names, or null; the address is freed of them. */
  const shared = () => {
    if (!location.hash.startsWith("#s=")) return null;
    const names = location.hash.slice(3).split(",").map((name) => {
      try {
        return decodeURIComponent(name);
      } catch {
        return "";
      }
    });
    history.replaceState(history.state, "", location.pathname + location.search);
    return names;
  };

  /** Take over a shared selection: at once where the reader has none, else as the reader decides. */
  const offer = async (names) => {
    const known = await shards.values("works", selection.sound(names));
    const keys = [...known].map(([key, work]) => (typeof work === "string" ? work : key));
    const lost = new Set(names).size - known.size;
    const unknown = lost ? ` ${lost} of its entries ${lost === 1 ? "is" : "are"} not known here.` : "";
    const own = selection.keys();
    const choose = own.length > 0 && keys.some((key) => !selection.has(key));
    let said = `The link holds ${counted(keys.length)}; your own selection ${counted(own.length)}.`;
    if (!keys.length) said = "The link names no work that is known here.";
    else if (!choose) said = `The ${counted(keys.length)} of the link ${keys.length === 1 ? "is" : "are"} in your selection.`;
    if (keys.length && !own.length) selection.put(keys);
    at.link.hidden = false;
    at.link.querySelector("p:not(.admonition-title)").textContent = said + (keys.length ? unknown : "");
    at.link.querySelectorAll("button").forEach((button) => (button.hidden = !choose));
    const decide = (name, act) =>
      (at.link.querySelector(`[data-act="${name}"]`).onclick = () => {
        act();
        at.link.hidden = true;
        page.focus();
      });
    decide("add", () => selection.put(keys));
    decide("replace", () => selection.replace(keys));
    decide("leave", () => {});
  };

  const save = () => {
    const { extension, type } = format();
    const link = element("a", "", { download: `backed-selection.${extension}` });
    link.href = URL.createObjectURL(new Blob([written], { type: `${type};charset=utf-8` }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  /** What the clipboard takes: text, and for a list with markup also the markup, so that it keeps its italics. */
  const clip = () => {
    if (!format().type.startsWith("text/html")) return navigator.clipboard.writeText(written);
    const plain = new DOMParser().parseFromString(written, "text/html").body.textContent;
    const kinds = { "text/html": written, "text/plain": plain };
    const blobs = Object.entries(kinds).map(([type, text]) => [type, new Blob([text], { type })]);
    return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  };

  const copy = async (act, field) => {
    try {
      await act();
      at.told.textContent = "Copied";
    } catch {
      field.select();
      at.told.textContent = "This browser does not let us copy. It is marked: copy it with your keyboard or menu.";
    }
  };

  /** Empty the selection; what was in it can be put back as long as the page is open. */
  const clear = () => {
    const before = selection.keys();
    selection.replace([]);
    const back = one("back");
    back.hidden = false;
    back.focus();
    back.onclick = () => {
      selection.put(before);
      back.hidden = true;
      page.focus();
    };
  };

  const start = async () => {
    page.hidden = false;
    try {
      ({ formats } = await shards.formats());
    } catch (error) {
      tell(error);
      return;
    }
    at.format.append(...formats.map(({ id, label }) => new Option(label, id)));
    const again = () => show().catch(tell);
    const look = () => {
      const names = shared();
      return names ? offer(names).catch(tell) : undefined;
    };
    at.format.addEventListener("change", showFile);
    one("save").addEventListener("click", save);
    one("copy").addEventListener("click", () => copy(clip, at.preview));
    one("share").addEventListener("click", () =>
      copy(() => navigator.clipboard.writeText(at.address.value), at.address),
    );
    one("clear").addEventListener("click", clear);
    selection.follow(again);
    window.addEventListener("hashchange", look);
    await look();
    await again();
  };
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
