// Numbers as papers print them, and exact arithmetic on them. Agrees with scripts/backed/check/printed.py, on its examples.
(() => {
  "use strict";
  const builder = (window.backedBuilder ??= {});

  /** A decimal number as Python prints it: no plus, a zero before the dot, no needless zeros in front. */
  const plain = (text) => text.replace(/^\+/, "").replace(/^(-?)\./, "$10.").replace(/^(-?)0+(?=\d)/, "$1");

  /** The same text for equal numbers, without a sign: "0.30" and "-0.3" are "0.3". */
  const size = (text) => {
    const bare = plain(text).replace(/^-/, "");
    return bare.includes(".") ? bare.replace(/\.?0+$/, "") : bare;
  };

  /** A number of the form of `size` times a power of ten. */
  const scaled = (text, power) => {
    const [whole, part = ""] = text.split(".");
    const digits = `${"0".repeat(2)}${whole}${part}${"0".repeat(2)}`;
    const dot = 2 + whole.length + power;
    return size(`${digits.slice(0, dot)}.${digits.slice(dot)}`);
  };

  const spoken = (words, table) =>
    words
      .toLowerCase()
      .split(/[ -]/)
      .reduce((total, word) => (word === "hundred" ? total * 100 : total + (table[word] ?? 0)), 0);

  /** The numbers a printed passage holds, without signs: their size to their printed form. */
  const numbersIn = (text) => {
    const facts = builder.base.facts;
    const bare = [...(text ?? "")].map((sign) => facts.marks[sign] ?? sign).join("");
    const found = [
      ...(bare.match(new RegExp(facts.thousands, "g")) ?? []).map((one) => one.replace(/[, ]/g, "")),
      ...(bare.match(new RegExp(facts.number, "g")) ?? []),
      ...(bare.match(new RegExp(facts.wordNumber, "gi")) ?? []).map((one) => String(spoken(one, facts.words))),
    ];
    return new Map(found.reverse().map((one) => [size(one), plain(one)]));
  };

  /** Fractions of whole numbers: [above, below], the latter above zero. */
  const fraction = (text) => {
    const [whole, part = ""] = text.split(".");
    return [BigInt(`${whole}${part}`), 10n ** BigInt(part.length)];
  };
  const tidy = ([above, below]) => (below < 0n ? [-above, -below] : [above, below]);
  const OPERATIONS = {
    "+": ([a, b], [c, d]) => [a * d + c * b, b * d],
    "-": ([a, b], [c, d]) => [a * d - c * b, b * d],
    "*": ([a, b], [c, d]) => [a * c, b * d],
    "/": ([a, b], [c, d]) => {
      if (c === 0n) throw new RangeError("divided by nothing");
      return tidy([a * d, b * c]);
    },
  };

  /** The value of arithmetic with + - * / and brackets. Throws where it is none. */
  const evaluated = (text) => {
    const tokens = text.match(/\d+(?:\.\d*)?|\.\d+|[-+*/()]|\S/g) ?? [];
    let at = 0;
    const level = (signs, next) => () => {
      let value = next();
      while (signs.includes(tokens[at])) value = OPERATIONS[tokens[at++]](value, next());
      return value;
    };
    const single = () => {
      const token = tokens[at++];
      if (token === "-") return OPERATIONS["-"]([0n, 1n], single());
      if (token === "(") {
        const inner = sum();
        if (tokens[at++] !== ")") throw new SyntaxError("a bracket is not closed");
        return inner;
      }
      if (!/^[\d.]*\d[\d.]*$/.test(token ?? "")) throw new SyntaxError("no number");
      return fraction(token.startsWith(".") ? `0${token}` : token);
    };
    const sum = level(["+", "-"], level(["*", "/"], single));
    const value = sum();
    if (at < tokens.length) throw new SyntaxError("more than one value");
    return value;
  };

  /** A fraction in at most 28 digits, without zeros at its end. */
  const decimal = ([above, below]) => {
    const digits = 10n ** 28n;
    const scaledUp = ((above < 0n ? -above : above) * digits) / below;
    const whole = scaledUp / digits;
    const part = String(scaledUp % digits).padStart(28, "0").slice(0, 28 - String(whole).replace(/^0$/, "").length);
    return `${above < 0n ? "-" : ""}${whole}.${part}`.replace(/\.?0+$/, "");
  };

  /** What "571 + 5210 = 5781" states, the numbers it uses, its true result, and whether they agree; or null. */
  const computed = (line) => {
    const [left, right] = [line.split("=")[0], line.split("=").slice(1).join("=").trim()];
    if (!line.includes("=") || !/^[-+]?(\d+(\.\d*)?|\.\d+)$/.test(right)) return null;
    try {
      const result = evaluated(left);
      const stated = plain(right);
      const bare = stated.replace(/\.$/, "");
      const [above, below] = fraction(bare.replace("-", ""));
      const negative = bare.startsWith("-") ? -1n : 1n;
      const [off, whole] = OPERATIONS["-"](result, [negative * above, below]);
      const half = 10n ** BigInt((bare.split(".")[1] ?? "").length) * 2n;
      const agrees = (off < 0n ? -off : off) * half <= whole;
      return { stated, used: numbersIn(left), result: decimal(result), agrees };
    } catch {
      return null;
    }
  };

  Object.assign(builder, { printed: { plain, size, scaled, numbersIn, computed } });
})();
