// Drafts in this browser, and the ways in which a record leaves the page.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});

  const STORE = "backed-record-drafts";
  const LONGEST = 8000; // GitHub answers addresses beyond 8,192 bytes with an error

  /** Whether something kept is a draft, and of a kind that there is. */
  const whole = (draft) =>
    Object.hasOwn(builder.base.schemas, draft?.kind) && draft.data !== null && typeof draft.data === "object" && Array.isArray(draft.entries);

  /** The drafts kept in this browser, by their number; `works` says whether it lets a page keep any. */
  const drafts = {
    works: true,
    all() {
      try {
        const kept = Object.entries(JSON.parse(localStorage.getItem(STORE)) ?? {});
        return Object.fromEntries(kept.filter(([, draft]) => whole(draft)));
      } catch {
        return {};
      }
    },
    write(kept) {
      try {
        localStorage.setItem(STORE, JSON.stringify(kept));
        drafts.works = true;
      } catch {
        drafts.works = false;
      }
      return drafts.works;
    },
    keep(number, draft) {
      const entries = draft.entries.map(({ type, key, fields, byHand }) => ({ type, key, fields, byHand }));
      return drafts.write({ ...drafts.all(), [number]: { ...draft, entries } });
    },
    remove(number) {
      const { [number]: gone, ...kept } = drafts.all();
      return drafts.write(kept);
    },
  };

  const download = (name, text) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  /** Copy a text; says whether the browser let it. */
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  };

  /** The repository at GitHub and its branch, as the page's own edit link names them; null where there is none. */
  const repository = () => {
    const link = document.querySelector("a.md-content__button[href*='/edit/']");
    const found = link?.href.match(/^(https:\/\/github\.com\/[^/]+\/[^/]+)\/edit\/([^/]+)\//);
    return found ? { address: found[1], branch: found[2] } : null;
  };

  /** Where GitHub offers a new file with its name and text filled in; `whole` says whether the text fits an address. */
  const newFile = ({ address, branch }, path, text) => {
    const bare = `${address}/new/${branch}?filename=${encodeURIComponent(path)}`;
    const full = `${bare}&value=${encodeURIComponent(text)}`;
    return full.length <= LONGEST ? { href: full, whole: true } : { href: bare, whole: false };
  };

  Object.assign(builder, { drafts, download, copy, repository, newFile });
})();
