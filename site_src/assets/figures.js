// Beside each figure's SVG file, a button that makes a PNG of it, twice as large, in this browser.
(() => {
  "use strict";

  const SCALE = 2;

  /** The file as an image, always in the colours for a light background: a picture for paper and slides. */
  const imageOf = async (address) => {
    const drawing = new DOMParser().parseFromString(await (await fetch(address)).text(), "image/svg+xml");
    drawing.querySelectorAll("style.dark").forEach((style) => style.remove());
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawing))}`;
    await image.decode();
    return image;
  };

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };

  const download = async (link) => {
    const image = await imageOf(link.href);
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SCALE;
    canvas.height = image.naturalHeight * SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
    save(blob, new URL(link.href).pathname.split("/").pop().replace(/\.svg$/, ".png"));
  };

  const withPng = (link) => {
    const button = document.createElement("button");
    const [label, hidden] = [...link.childNodes];
    button.type = "button";
    button.append(label.textContent.replace("SVG", "PNG"), hidden.cloneNode(true));
    const said = document.createElement("output");
    button.addEventListener("click", async () => {
      said.textContent = "";
      try {
        await download(link);
      } catch {
        said.textContent = "The PNG could not be made here; the SVG file holds the same figure.";
      }
    });
    link.after(button, said);
  };

  const start = () => document.querySelectorAll(".bk-figure__tools a[download]").forEach(withPng);
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
