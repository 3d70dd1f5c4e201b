// A site opened from a folder, where browsers start no worker: the search runs in the page and loads its parts as scripts.
if (location.protocol === "file:") {
  const here = document.currentScript.src;

  const script = (name) =>
    new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = new URL(name, here).href;
      element.async = false; // in their order
      element.addEventListener("load", resolve);
      element.addEventListener("error", () => reject(new Error(`${name} could not be loaded`)));
      document.head.append(element);
    });

  window.Worker = class extends EventTarget {
    #box;

    postMessage(message) {
      this.#box ??= this.#begin();
      this.#box.then((box) => box(message));
    }

    async #begin() {
      await Promise.all(["words.js", "index.js", "ranking.js", "answer.js", "box.js"].map(script));
      const reply = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      return self.backedSearch.box((name) => window.backed.shards.part(name), reply);
    }

    terminate() {}
  };
}
