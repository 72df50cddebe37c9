import assert from "node:assert/strict";
import {
  CLASS_COLOURS,
  classColour,
  INK,
  METHOD_COLOURS,
  methodTitle,
  seriesColours,
} from "../../../lib/plots/parts/theme.ts";
import { METHOD_NAMES } from "../../../lib/smoothing/method.ts";
import { LOSS_NAMES } from "../../../lib/training/loss_spec.ts";

type Triple = [number, number, number];

/** Linear red, green and blue of "#rrggbb". */
function linear(hex: string): Triple {
  return [1, 3, 5].map((i) => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

function times(matrix: readonly (readonly number[])[], v: Triple): Triple {
  return matrix.map((row) =>
    row.reduce((sum, a, i) => sum + a * v[i], 0)
  ) as Triple;
}

/** OKLab: B. Ottosson, "A perceptual color space for image processing". */
function oklab(rgb: Triple): Triple {
  const lms = times([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
  ], rgb).map((x) => Math.cbrt(Math.max(0, x))) as Triple;
  return times([
    [0.2104542553, 0.793617785, -0.0040720468],
    [1.9779984951, -2.428592205, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.808675766],
  ], lms);
}

/** Machado, Oliveira and Fernandes 2009, severity 1, on linear colours. */
const SIGHTS = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** Smallest distance of two methods' colours in OKLab, and contrast on white. */
const DISTANCE = 0.06;
const CONTRAST = 3;

/** A colour in OKLab with each kind of colour vision. */
function seen(hex: string): Triple[] {
  const rgb = linear(hex);
  return Object.values(SIGHTS).map((matrix) =>
    oklab(
      times(matrix, rgb).map((c) => Math.min(1, Math.max(0, c))) as Triple,
    )
  );
}

/** The distances of two colours, one per kind of colour vision. */
function distances(a: readonly Triple[], b: readonly Triple[]): number[] {
  return a.map((p, sight) => Math.hypot(...p.map((x, k) => x - b[sight][k])));
}

function contrastOnWhite(hex: string): number {
  const [luminance] = times([[0.2126, 0.7152, 0.0722]], linear(hex));
  return 1.05 / (luminance + 0.05);
}

/**
 * The colour, of a grid, that is farthest from text and all other methods; neither
 * too pale on white nor almost black.
 */
function freeColour(method: string): string {
  const others = Object.entries(METHOD_COLOURS)
    .filter(([name]) => name !== method).map(([, hex]) => hex);
  const taken = [INK, "#000000", ...others].map(seen);
  const levels = Array.from({ length: 18 }, (_, i) => 15 * i);
  const grid = levels.flatMap((r) =>
    levels.flatMap((g) => levels.map((b) => [r, g, b]))
  );
  const free = grid
    .map((rgb) => `#${rgb.map((c) => hexByte(c)).join("")}`)
    .filter((hex) => {
      const contrast = contrastOnWhite(hex);
      return contrast >= CONTRAST && contrast <= 10;
    })
    .map((hex) => {
      const found = seen(hex);
      const gaps = taken.flatMap((other) => distances(found, other));
      return { hex, gap: Math.min(...gaps) };
    });
  const { hex, gap } = free.reduce((a, b) => b.gap > a.gap ? b : a);
  return `the farthest from all others is ${hex}, at ${gap.toFixed(3)}`;
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, "0");
}

Deno.test("method colours are distinguishable with any colour vision", () => {
  const methods = Object.entries(METHOD_COLOURS)
    .map(([name, hex]) => [name, seen(hex)] as const);
  methods.forEach(([a, p], i) => {
    for (const [b, q] of methods.slice(i + 1)) {
      distances(p, q).forEach((distance, sight) => {
        if (distance > DISTANCE) return;
        const vision = Object.keys(SIGHTS)[sight];
        assert.fail(
          `${a} and ${b}, ${vision}: ${distance}; for ${b}, ${freeColour(b)}`,
        );
      });
    }
  });
});

Deno.test("method colours have a contrast of 3 to 1 on white", () => {
  for (const [method, hex] of Object.entries(METHOD_COLOURS)) {
    assert.ok(contrastOnWhite(hex) >= CONTRAST, method);
  }
});

Deno.test("every method and loss has a title and a colour", () => {
  for (const name of [...METHOD_NAMES, ...LOSS_NAMES]) {
    assert.notEqual(methodTitle(name), name);
    if (!Object.hasOwn(METHOD_COLOURS, name)) {
      assert.fail(`${name} has no colour; ${freeColour(name)}`);
    }
  }
});

Deno.test("seriesColours() keeps the colours of methods and assigns others to the rest", () => {
  const colours = seriesColours(["ils", "mine", "ils", "yours"]);
  assert.equal(colours.get("ils"), METHOD_COLOURS.ils);
  assert.equal(new Set(colours.values()).size, 3);
  assert.deepEqual([...colours.keys()], ["ils", "mine", "yours"]);
});

Deno.test("methodTitle() does not take a name such as 'constructor' for a method", () => {
  assert.equal(methodTitle("constructor"), "constructor");
  assert.match(seriesColours(["constructor"]).get("constructor")!, /^#/);
  assert.equal(methodTitle("ils"), "ILS");
});

Deno.test("classColour() repeats from the eleventh class on", () => {
  assert.equal(new Set(CLASS_COLOURS).size, 10);
  assert.equal(classColour(13), classColour(3));
});
