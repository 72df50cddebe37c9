import assert from "node:assert/strict";
import { type FlowExample, processFlow } from "../../lib/plots/process_flow.ts";
import { figureTest, quietly } from "./figure_check.ts";
import {
  checkTextInside,
  contains,
  overlaps,
  placedArrows,
  placedRects,
  placedTexts,
} from "./placed_shapes.ts";
import { EVIL, picture } from "./samples.ts";

/** Six classes; 0.2 of the mass moves. */
const EXAMPLE: FlowExample = {
  classNames: ["Bag", "T-shirt/top", "Shirt", "Pullover", EVIL, "Ankle boot"],
  label: 2,
  image: picture(1),
  teacher: [0.02, 0.4, 0.5, 0.06, 0.01, 0.01],
  temperature: 2,
  target: [0.008, 0.16, 0.8, 0.024, 0.004, 0.004],
};
const RESULTS = {
  temperature: 1.25,
  accuracy: 0.843,
  logLoss: 0.4961,
  ece: 0.019,
};

figureTest(
  "processFlow() follows a dog from its hard label to the scores",
  "process_flow",
  () => processFlow(),
);

figureTest(
  "processFlow() follows an image of one's own and prints scores",
  "process_flow_example",
  () =>
    processFlow({
      example: EXAMPLE,
      results: RESULTS,
      title: EVIL,
      caption: "One image",
    }),
);

/** The lines of text of the flow, by figure. */
function lines(options: Parameters<typeof processFlow>[0]): string[] {
  const { svg } = quietly(() => processFlow(options));
  return placedTexts(svg).map(({ text }) => text);
}

Deno.test("processFlow() derives amount and shape from the target", () => {
  const printed = lines({ example: EXAMPLE });
  assert.ok(printed.includes("Here: 0.200"));
  // Of the moved mass 0.2, 0.16 and 0.024 go to two classes, 0.016 to the others.
  const shape = printed.indexOf("0.800", printed.indexOf("Here: 0.200"));
  assert.deepEqual(
    printed.slice(shape - 3, shape + 5),
    [
      "Shirt",
      "0",
      "T-shirt/top",
      "0.800",
      "Pullover",
      "0.120",
      "3 others",
      "0.080",
    ],
  );
});

Deno.test("processFlow() draws the mass that stays dark and what moved blue", () => {
  const { svg } = quietly(() => processFlow());
  const bars = [...svg.matchAll(/height="12" fill="([^"]*)"/g)].map((m) =>
    m[1]
  );
  assert.deepEqual(bars.slice(-3), ["#333333", "#0072b2", "#0072b2"]);
});

Deno.test("processFlow() prints scores in per cent, nats and T*", () => {
  const printed = lines({ results: RESULTS });
  const scores = [
    "Here: T* = 1.25",
    "Accuracy 84.3 %",
    "Log loss 0.496",
    "ECE 1.9 %",
  ];
  assert.deepEqual(scores.filter((score) => !printed.includes(score)), []);
});

for (const example of [undefined, EXAMPLE]) {
  const options = example ? { example, results: RESULTS } : {};
  const { svg } = quietly(() => processFlow(options));
  const rects = placedRects(svg);
  const boxes = rects.filter(({ radius }) => radius === 6);
  const name = example ? "with an example" : "without arguments";

  Deno.test(`processFlow() ${name} keeps boxes apart and texts within them`, () => {
    const sections = rects.filter(({ radius }) => radius === 9);
    assert.deepEqual([sections.length, boxes.length], [3, 10]);
    assert.deepEqual(overlaps(boxes), []);
    assert.deepEqual(overlaps(sections), []);
    const lost = boxes.filter((box) => !sections.some((s) => contains(s, box)));
    assert.deepEqual(lost, []);
    const texts = placedTexts(svg);
    assert.deepEqual(overlaps(texts), []);
    const inside = texts.filter((text) =>
      boxes.some((box) => contains(box, text))
    );
    const outside = texts.filter((text) => !inside.includes(text));
    assert.deepEqual(
      outside.flatMap((text) => overlaps([text, ...boxes])),
      [],
    );
    checkTextInside(svg);
  });

  Deno.test(`processFlow() ${name} has straight arrows from edge to edge`, () => {
    const arrows = placedArrows(svg);
    assert.equal(arrows.length, 11);
    const stops = rects.slice(1);
    const touches = (x: number, y: number, side: "top" | "bottom") =>
      stops.some((stop) =>
        stop.left < x && x < stop.right && Math.abs(stop[side] - y) < 1
      );
    const loose = arrows.filter(({ x, from, to }) =>
      !touches(x, from, "bottom") || !touches(x, to, "top")
    );
    assert.deepEqual(loose, []);
  });
}

Deno.test("processFlow() fits a phone", () => {
  const [page] = placedRects(quietly(() => processFlow()).svg);
  // Text of 12 px is at least 9 px high on a screen of 360 px.
  assert.ok(page.right <= 12 / 9 * 360);
});

Deno.test("processFlow() refuses an example that does not fit its classes", () => {
  const refuses = (change: Partial<FlowExample>, message: string) =>
    assert.throws(() => processFlow({ example: { ...EXAMPLE, ...change } }), {
      name: "BadInput",
      message: `Cannot draw the process as ${message}`,
    });
  refuses({ label: 6 }, "the label must be in [0, 5]: current value is 6");
  refuses(
    { teacher: [0.5, 0.5] },
    "teacher and target must have 6 classes: current value is 2",
  );
  refuses(
    { teacher: [0, 0, 1, 0, NaN, 0] },
    "probabilities must be in [0, 1]: current value is NaN",
  );
  refuses(
    { target: [0, 0, 1, 0, 0, 0] },
    "the target of the true class must be below 1: current value is 1",
  );
});
