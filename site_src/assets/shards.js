// What the build cut into parts, loaded part by part: only what is asked for, also from a folder without a server.
(() => {
  "use strict";

  const root = new URL("../", document.currentScript.src);
  const AT_ONCE = 8;
  const asked = new Map(); // promises of parts, by name
  const arrived = new Map(); // the values of parts, by name

  /** Called by each part: see scripts/backed/shards.py. */
  window.backedShard = (name, value) => arrived.set(name, value);

  /** The value of a part, by its name; rejected where it cannot be loaded, and asked for anew the next time. */
  const part = (name) => {
    if (!asked.has(name)) asked.set(name, new Promise((resolve, reject) => run(name, resolve, reject)));
    return asked.get(name);
  };

  const run = (name, resolve, reject) => {
    const script = document.createElement("script");
    const failed = () => {
      asked.delete(name);
      reject(new Error(`shards/${name}.js could not be loaded`));
    };
    script.src = new URL(`shards/${name}.js`, root).href;
    script.addEventListener("load", () => (arrived.has(name) ? resolve(arrived.get(name)) : failed()));
    script.addEventListener("error", failed);
    document.head.append(script);
    script.remove(); // it runs all the same
  };

  /** The name of the part that holds a key: the last bits of its FNV-1a hash (32 bits, of UTF-8), in hex. */
  const partOf = (key, parts) => {
    let number = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(key)) number = Math.imul(number ^ byte, 0x01000193) >>> 0;
    return (number % parts).toString(16).padStart((parts - 1).toString(16).length, "0");
  };

  /** The list of formats, the number of parts and the form of registers' numbers. */
  const formats = () => part("formats");

  /** The values that `kind` has for the keys, as a map of those that are known. */
  const values = async (kind, keys) => {
    const { parts } = await formats();
    const byPart = new Map();
    for (const key of keys) {
      const name = partOf(key, parts);
      byPart.has(name) ? byPart.get(name).push(key) : byPart.set(name, [key]);
    }
    const waiting = [...byPart];
    const found = new Map();
    const work = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const held = await part(`${kind}/${next[0]}`);
        next[1].filter((key) => Object.hasOwn(held, key)).forEach((key) => found.set(key, held[key]));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return found;
  };

  /** The address of a page of the site; in a folder without a server it ends in a file. */
  const address = (url) => {
    const full = new URL(url, root);
    if (full.protocol === "file:" && full.pathname.endsWith("/")) full.pathname += "index.html";
    return full.href;
  };

  // Without a server a folder does not answer with its page: lead to the page itself.
  if (root.protocol === "file:") {
    const toFile = ({ target }) => {
      const link = target.closest?.("a[href]");
      if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
    };
    document.addEventListener("click", toFile, true);
    document.addEventListener("auxclick", toFile, true);
  }

  /** Whether `url` lies below the site's root, and where: "studies/x/"; null of another address. */
  const below = (url) =>
    url.startsWith(root.href) ? url.slice(root.href.length).replace(/(index\.html)?([?#].*)?$/, "") : null;

  window.backed = { shards: { part, formats, values, address, below } };
})();
