/** Names of the symbols of Observable Plot in use, in order of use. */
export const SYMBOLS = [
  "circle",
  "triangle",
  "square",
  "diamond",
  "cross",
] as const;

/** A symbol of a point in a scatter plot. */
export type SymbolName = typeof SYMBOLS[number];

const OUTLINES: Readonly<Record<SymbolName, string>> = {
  circle: "M-4.5,0a4.5,4.5 0 1 0 9,0a4.5,4.5 0 1 0 -9,0Z",
  triangle: "M0,-5.2L5,3.6H-5Z",
  square: "M-4.2,-4.2h8.4v8.4h-8.4Z",
  diamond: "M0,-6L3.8,0L0,6L-3.8,0Z",
  cross: "M-5.2,-1.7h3.5v-3.5h3.4v3.5h3.5v3.4h-3.5v3.5h-3.4v-3.5h-3.5Z",
};

/** Path data of a symbol around the origin, about 10 pixels wide. */
export function symbolOutline(name: SymbolName): string {
  return OUTLINES[name];
}
