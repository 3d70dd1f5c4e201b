// A file with the citations of some works, put together of ready entries as the build does it.
(() => {
  "use strict";

  const { shards } = window.backed;

  /** The order of two texts by their code points, as the build sorts. */
  const byCodePoint = (a, b) => {
    const [first, second] = [Array.from(a), Array.from(b)];
    const apart = first.findIndex((sign, index) => sign !== second[index]);
    if (apart < 0) return first.length - second.length;
    return apart < second.length ? first[apart].codePointAt(0) - second[apart].codePointAt(0) : 1;
  };

  /** The text of a file in a format (one of `shards.formats()`) with the works of these keys. */
  const write = async (format, keys) => {
    const entries = await shards.values(format.id, keys);
    const listed = [...keys].sort(byCodePoint).filter((key) => entries.has(key)).map((key) => entries.get(key));
    if (!format.ordered) return format.head + listed.join(format.between) + format.tail;
    listed.sort(([, a], [, b]) => byCodePoint(a, b));
    return format.head + listed.map(([entry]) => entry).join(format.between) + format.tail;
  };

  window.backed.citationFile = { byCodePoint, write };
})();
