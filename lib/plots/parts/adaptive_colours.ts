import { CLASS_COLOURS, METHOD_COLOURS, PAPER } from "./theme.ts";

type Triple = readonly [number, number, number];

/** Paper of the dark theme: `--paper` in page.css. */
export const DARK_PAPER = "#14171c";

/** OKLab lightness of `DARK_PAPER`. */
const DARKEST = 0.205;

/** Highest lightness of inverted colours. */
const LIGHTEST = 0.93;

/** OKLab lightness that marks need to be visible on dark paper. */
const VISIBLE = 0.63;

/** Colours of marks, which stay as light as they are or become lighter. */
const MARKS = new Set<string>([
  ...Object.values(METHOD_COLOURS),
  ...CLASS_COLOURS,
]);

const COLOUR = /(fill|stroke)="(#[0-9a-f]{6}|rgb\((\d+), (\d+), (\d+)\))"/g;

/**
 * Makes the colours of an SVG follow the colour scheme of the page around it. Its
 * root defines a pair of colours for each one used, by CSS `light-dark()`.
 *
 * @param svg as in `Figure.svg`: its root has a style
 */
export function adaptiveColours(svg: string): string {
  const used = new Map<string, string>();
  const body = svg.replace(COLOUR, (_, attribute, colour, ...rgb) => {
    const hex = colour[0] === "#"
      ? colour
      : toHex(rgb.slice(0, 3).map((value) => Number(value) / 255) as never);
    const name = hex.replace("#", "--c");
    used.set(name, hex);
    return `${attribute}="var(${name})"`;
  });
  const pairs = [...used].map(([name, hex]) =>
    `${name}:light-dark(${hex},${darkColour(hex)})`
  );
  return body.replace(/style="/, `style="${pairs.join(";")};`);
}

/**
 * The colour that takes a colour's place on dark paper, of the same hue: colours of
 * methods and classes are made light enough to be visible, all others (ink, paper,
 * grid, steps of a scale) are inverted.
 *
 * @param hex such as "#0072b2"
 */
export function darkColour(hex: string): string {
  if (hex === PAPER) return DARK_PAPER;
  const [lightness, a, b] = toOklab(hex);
  const light = MARKS.has(hex)
    ? Math.max(lightness, VISIBLE + 0.5 * (VISIBLE - lightness))
    : LIGHTEST - (LIGHTEST - DARKEST) * (lightness - 0.25) / 0.75;
  return inGamut([Math.min(light, LIGHTEST), a, b]);
}

/** The colour with the highest chroma, at most its own, that sRGB can show. */
function inGamut([lightness, a, b]: Triple): string {
  for (let share = 1; share > 0; share -= 0.05) {
    const rgb = toRgb([lightness, share * a, share * b]);
    if (rgb.every((value) => value >= 0 && value <= 1)) return toHex(rgb);
  }
  return toHex(toRgb([lightness, 0, 0]));
}

/** OKLab: B. Ottosson, "A perceptual color space for image processing". */
function toOklab(hex: string): Triple {
  const [red, green, blue] = [1, 3, 5].map((i) => {
    const value = parseInt(hex.slice(i, i + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const l = Math.cbrt(
    0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue,
  );
  const m = Math.cbrt(
    0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue,
  );
  const s = Math.cbrt(
    0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue,
  );
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function toRgb([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** The sRGB value of linear light. */
function encode(light: number): number {
  return light <= 0.0031308
    ? 12.92 * light
    : 1.055 * light ** (1 / 2.4) - 0.055;
}

function toHex(rgb: Triple): string {
  return "#" + rgb.map((value) => {
    const byte = Math.round(255 * Math.min(1, Math.max(0, value)));
    return byte.toString(16).padStart(2, "0");
  }).join("");
}
