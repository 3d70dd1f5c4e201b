// Drafts, kept in this browser and nowhere else.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});

  const STORE = "backed-record-drafts";

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

  Object.assign(builder, { drafts });
})();
