// The search in a worker, in place of the theme's own: see scripts/backed/publish/search.py.
importScripts("words.js", "index.js", "ranking.js", "answer.js", "box.js");

{
  const root = new URL("../../shards/", self.location.href);
  const asked = new Map(); // promises of parts, by name

  /** A part's value: what stands between the brackets of its script. */
  const fetched = async (name, anew) => {
    // A part named by its content never changes; the root does.
    const cache = anew ? "reload" : name === "search/root" ? "no-cache" : "default";
    const response = await fetch(new URL(`${name}.js`, root), { cache });
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    const text = await response.text();
    return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));
  };

  const load = (name, anew = false) => {
    if (!asked.has(name) || anew) {
      const part = fetched(name, anew);
      asked.set(name, part);
      part.catch(() => asked.delete(name));
    }
    return asked.get(name);
  };

  const box = self.backedSearch.box(load, (message) => self.postMessage(message));
  self.addEventListener("message", ({ data }) => box(data));
}
