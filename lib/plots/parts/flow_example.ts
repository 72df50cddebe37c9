import { BadInput } from "../../bad_input.ts";
import { type Drawing, grid } from "./drawing.ts";
import { type Picture, pngDataUrl } from "./png.ts";
import { type Share, shareBars } from "./share_bars.ts";
import { METHOD_COLOURS, MUTED } from "./theme.ts";

/** One training image, what the teacher says about it and its soft target. */
export interface FlowExample {
  /** Names of the classes, `[classes]`. */
  readonly classNames: readonly string[];
  /** Index of the true class. */
  readonly label: number;
  readonly image?: Picture;
  /** The teacher's `softmax(z / T)`, `[classes]`. */
  readonly teacher: ArrayLike<number>;
  /** T, by which the teacher's logits are divided (1). */
  readonly temperature?: number;
  /** `[classes]`, with less than 1 on the true class. */
  readonly target: ArrayLike<number>;
}

/** The second of the worked rows of `ils` in `docs/method.md`. */
export const DEFAULT_EXAMPLE: FlowExample = {
  classNames: ["dog", "cat", "ship"],
  label: 0,
  teacher: [0.9, 0.08, 0.02],
  target: [0.91, 0.072, 0.018],
};

/** Drawings of the steps of an example. */
export interface FlowPictures {
  /** The image, if any, and its hard label. */
  readonly label: Drawing;
  readonly teacher: Drawing;
  /** Where the moved mass goes. */
  readonly shape: Drawing;
  readonly target: Drawing;
}

const IMAGE = 68;

/** Classes drawn with their own bar; the others share one. */
const MOST = 4;

/** @throws {BadInput} if label, teacher or target do not fit the classes */
export function checkExample(
  { classNames, label, teacher, target }: FlowExample,
): void {
  const classes = classNames.length;
  const fail = (rule: string, value: unknown) => {
    throw new BadInput(
      `Cannot draw the process as ${rule}: current value is ${value}`,
    );
  };
  if (!(label >= 0 && label < classes)) {
    fail(`the label must be in [0, ${classes - 1}]`, label);
  }
  for (const row of [teacher, target]) {
    if (row.length !== classes) {
      fail(`teacher and target must have ${classes} classes`, row.length);
    }
    const odd = Array.from(row).find((value) => !(value >= 0 && value <= 1));
    if (odd !== undefined) fail("probabilities must be in [0, 1]", odd);
  }
  if (!(target[label] < 1)) {
    fail("the target of the true class must be below 1", target[label]);
  }
}

/** Draws what happens to an example: label, teacher, shape and target. */
export function flowPictures(example: FlowExample): FlowPictures {
  const { label, teacher, target, image } = example;
  const bars = (value: (k: number) => number, colours: Colours) =>
    shareBars(sharesOf(example, value, colours));
  const hard = METHOD_COLOURS.ce;
  const soft = METHOD_COLOURS.ils;
  const labels = bars((k) => k === label ? 1 : 0, { own: hard, other: hard });
  const amount = 1 - target[label];
  return {
    label: image ? beside(drawImage(image), labels) : labels,
    teacher: bars((k) => teacher[k], { own: MUTED, other: MUTED }),
    shape: bars((k) => k === label ? 0 : target[k] / amount, {
      own: soft,
      other: soft,
    }),
    target: bars((k) => target[k], { own: hard, other: soft }),
  };
}

/** Colours of the bars of the true class and of the others. */
interface Colours {
  readonly own: string;
  readonly other: string;
}

/** The true class, the wrong ones with the largest targets, and the rest as one. */
function sharesOf(
  { classNames, label, target }: FlowExample,
  value: (k: number) => number,
  { own, other }: Colours,
): Share[] {
  const wrong = classNames.map((_, k) => k).filter((k) => k !== label)
    .sort((a, b) => target[b] - target[a]);
  const few = wrong.length < MOST;
  const shown = few ? wrong : wrong.slice(0, MOST - 2);
  const rest = few ? [] : wrong.slice(MOST - 2);
  const shares: Share[] = [
    { name: classNames[label], value: value(label), colour: own, bold: true },
    ...shown.map((k) => (
      { name: classNames[k], value: value(k), colour: other }
    )),
  ];
  if (!rest.length) return shares;
  const others = rest.reduce((sum, k) => sum + value(k), 0);
  return [
    ...shares,
    { name: `${rest.length} others`, value: others, colour: other },
  ];
}

function drawImage(image: Picture): Drawing {
  const width = Math.round(IMAGE * image.width / image.height);
  const markup = `<image width="${width}" height="${IMAGE}" ` +
    `image-rendering="pixelated" href="${pngDataUrl(image)}"/>`;
  return { markup, width, height: IMAGE };
}

function beside(left: Drawing, right: Drawing): Drawing {
  return grid([left, right], { columns: 2, gap: 12 });
}
