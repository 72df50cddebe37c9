/** Font of every figure; sizes and colours follow. */
export const FONT =
  "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
export const TEXT_SIZE = 12;
export const TITLE_SIZE = 15;
export const INK = "#222222";
export const MUTED = "#5f5f5f";
export const FAINT = "#d9d9d9";
export const PAPER = "#ffffff";

/** Fill of the gap between accuracy and confidence, and of wrong answers. */
export const ALARM = "#c2304a";

/** Background of the better side of a chart. */
export const BETTER = "#e3f1e7";

/**
 * One colour per method, the same in every figure. Each has a contrast of at
 * least 3 to 1 on white. The smallest distance between two of them in OKLab is
 * 0.06, for normal vision and for simulated full protanopia, deuteranopia and
 * tritanopia (Machado, Oliveira and Fernandes 2009); figures nevertheless name the
 * methods as well.
 */
export const METHOD_COLOURS: Readonly<Record<string, string>> = {
  ce: "#333333",
  ls: "#d55e00",
  cls: "#8c510a",
  ils: "#0072b2",
  ils1: "#009e73",
  ils2: "#cc79a7",
  ilsq: "#332288",
  "ils-even": "#882255",
  "ils-inverse-even": "#6e6e6e",
  "ils-inverse": "#aa4499",
  "ils-shrunk": "#692da5",
  mix: "#a078f8",
  "self-distillation": "#285069",
  "bootstrap-soft": "#5f4600",
  beta: "#6e0a0f",
  focal: "#0519dc",
  "flsd-53": "#8705ff",
  mbls: "#cd23c3",
  "confidence-penalty": "#b478cd",
  brier: "#551e64",
};

const METHOD_TITLES: Readonly<Record<string, string>> = {
  ce: "CE",
  ls: "LS",
  cls: "CLS",
  ils: "ILS",
  ils1: "ILS1",
  ils2: "ILS2",
  ilsq: "ILS quadratic",
  "ils-even": "ILS even",
  "ils-inverse-even": "ILS inverse even",
  "ils-inverse": "ILS inverse",
  "ils-shrunk": "ILS shrunk",
  mix: "Mixture",
  "self-distillation": "Self-distillation",
  "bootstrap-soft": "Soft bootstrap",
  beta: "Beta smoothing",
  focal: "Focal",
  "flsd-53": "FLSD-53",
  mbls: "MbLS",
  "confidence-penalty": "Confidence penalty",
  brier: "Brier",
};

/**
 * Ten colours for classes, distinguishable with colour-vision deficiency and by
 * lightness: M. A. Petroff, "Accessible Color Sequences for Data Visualization",
 * arXiv:2107.02270.
 */
export const CLASS_COLOURS: readonly string[] = [
  "#3f90da",
  "#ffa90e",
  "#bd1f01",
  "#94a4a2",
  "#832db6",
  "#a96b59",
  "#e76300",
  "#b9ac70",
  "#717581",
  "#92dadd",
];

/** Colours of series that are not methods, in order of use. */
const OTHER_COLOURS: readonly string[] = [
  "#6e6e6e",
  "#882255",
  "#009e73",
  "#aa4499",
  "#8c510a",
  "#332288",
  "#0072b2",
  "#d55e00",
  "#cc79a7",
  "#333333",
];

/** The name of a method in figures and tables: "ils" gives "ILS". */
export function methodTitle(method: string): string {
  return Object.hasOwn(METHOD_TITLES, method) ? METHOD_TITLES[method] : method;
}

/** The colour of a class; colours repeat from the eleventh class on. */
export function classColour(label: number): string {
  return CLASS_COLOURS[label % CLASS_COLOURS.length];
}

/**
 * The colour of each series of a figure. Methods have fixed colours; other names
 * take the next one not used by a method in the figure, in order of appearance.
 */
export function seriesColours(names: Iterable<string>): Map<string, string> {
  const all = [...new Set(names)];
  const isMethod = (name: string) => Object.hasOwn(METHOD_COLOURS, name);
  const taken = all.filter(isMethod).map((name) => METHOD_COLOURS[name]);
  const free = OTHER_COLOURS.filter((colour) => !taken.includes(colour));
  let others = 0;
  return new Map(all.map((name) => [
    name,
    isMethod(name) ? METHOD_COLOURS[name] : free[others++ % free.length],
  ]));
}
