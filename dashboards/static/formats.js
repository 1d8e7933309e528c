// Formatters by name: an option names one of this table, data never brings its own.
const lang = document.documentElement.lang;
const isMissing = (x) => x === null || x === undefined || Number.isNaN(Number(x));
const number = (options) => {
  const format = new Intl.NumberFormat(lang, options);
  return (x) => (isMissing(x) ? "–" : format.format(x).replace("-", "−"));
};
const percent = number({ maximumFractionDigits: 1 });
const signed = number({ maximumFractionDigits: 1, signDisplay: "exceptZero" });
const plain = number({ maximumFractionDigits: 2 });
const formats = {
  share: (x) => (isMissing(x) ? "–" : `${percent(100 * x)} %`),
  points: (x) => (isMissing(x) ? "–" : signed(100 * x)),
  count: number({ maximumFractionDigits: 0 }),
  days: percent,
  amount: number({ notation: "compact", maximumFractionDigits: 1 }),
  year: (x) => String(x),
  number: plain,
};

// formatOf is the formatter of a unit.
export const formatOf = (unit) => (Object.hasOwn(formats, unit) ? formats[unit] : plain);
