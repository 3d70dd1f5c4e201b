// The files of a record beside its form: shown, copied, downloaded, or opened on GitHub as new files.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});
  const { element } = builder;

  const LONGEST = 8000; // GitHub answers addresses beyond 8,192 bytes with an error

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

  /** GitHub's page on which an existing file is edited; it takes no text from an address. */
  const edited = ({ address, branch }, path) => ({ href: `${address}/edit/${branch}/${path}`, whole: false });

  const download = (name, text) => {
    const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" })), download: name });
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

  class Handout {
    constructor() {
      this.node = element("div", {});
      this.github = repository();
      this.files = [];
    }

    /** Show files [{path, text, name}] of a draft. */
    show(files, { from }) {
      const same = files.length === this.files.length;
      this.files = files;
      if (!same) this.node.replaceChildren(...files.map((file, index) => this.panel(file, index)), this.words());
      files.forEach(({ path, text }, index) => {
        const panel = this.node.children[index];
        panel.querySelector("h3").textContent = path;
        panel.querySelector("code").textContent = text;
        const link = panel.querySelector("a");
        if (!link) return;
        const { href, whole } = from ? edited(this.github, path) : newFile(this.github, path, text);
        link.href = href;
        link.dataset.whole = whole;
      });
    }

    panel({ name }, index) {
      const said = element("output", { className: "bk-said" });
      const button = (text, pressed) => {
        const made = element("button", { type: "button", className: "bk-button" }, text);
        made.addEventListener("click", pressed);
        return made;
      };
      const copied = button(`Copy the ${name}`, async () => {
        const done = await copy(this.files[index].text);
        said.textContent = done ? "Copied." : "This browser does not let the page copy; select the text and copy it by hand.";
      });
      const saved = button(`Download the ${name}`, () => download(this.files[index].path.split("/").pop(), this.files[index].text));
      const tools = element("p", { className: "bk-buttons" }, copied, saved);
      if (this.github) tools.append(this.link(name, index, said));
      const text = element("pre", { className: "bk-file", tabIndex: 0, role: "region", "aria-label": `The ${name}` }, element("code", {}));
      return element("div", {}, element("h3", { className: "bk-path" }), text, tools, said);
    }

    link(name, index, said) {
      const made = element("a", { className: "bk-button", target: "_blank", rel: "noopener" }, `Open the ${name} on GitHub`);
      made.addEventListener("click", async () => {
        if (made.dataset.whole === "true") return;
        const done = await copy(this.files[index].text);
        const paste = "and paste it into the page that opened; it is too long for an address.";
        said.textContent = done ? `The text is in your clipboard: go on ${paste}` : `Copy the text by hand ${paste}`;
      });
      return made;
    }

    words() {
      const both = this.files.length > 1 ? "Both files belong into one pull request: commit the first to a new branch, then add the second to that branch." : "";
      const way = this.github
        ? `GitHub asks you to log in, keeps your own copy of the repository, and offers a pull request. ${both}`
        : "Put the files where their paths say, in a copy of the repository, and run backed check.";
      return element("p", { className: "bk-hint" }, `${way} The same rules, and all others, run again there.`);
    }
  }

  Object.assign(builder, { Handout });
})();
