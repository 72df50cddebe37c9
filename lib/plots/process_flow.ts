import { type Drawing, drawText, grid, stack } from "./parts/drawing.ts";
import { drawFlow, type FlowSection } from "./parts/flow.ts";
import {
  checkExample,
  DEFAULT_EXAMPLE,
  type FlowExample,
  type FlowPictures,
  flowPictures,
} from "./parts/flow_example.ts";
import { type Figure, type FigureText, frame } from "./parts/render.ts";

export type { FlowExample };

/** Scores of one network on the test set, after temperature scaling. */
export interface FlowResults {
  /** The temperature T* fitted on validation images. */
  readonly temperature: number;
  /** In [0, 1]. */
  readonly accuracy: number;
  /** In nats. */
  readonly logLoss: number;
  /** In [0, 1]. */
  readonly ece: number;
}

/** Options of `processFlow()`. */
export interface ProcessFlowOptions extends FigureText {
  /** The image that is followed (a dog, from `docs/method.md`, without a picture). */
  readonly example?: FlowExample;
  /** Scores to print (none). */
  readonly results?: FlowResults;
}

/** Width of the diagram in pixels; its text remains readable on a phone. */
const WIDTH = 440;

/**
 * Instance-based smoothing as a flow diagram, from hard labels to the scores of the
 * trained network and its student, with one image as an example.
 *
 * @throws {BadInput} if the example has no class of that label, distributions of
 * another length, or a target that leaves all mass on the true class
 */
export function processFlow(options: ProcessFlowOptions = {}): Figure {
  const { example = DEFAULT_EXAMPLE, results, ...text } = options;
  checkExample(example);
  const pictures = flowPictures(example);
  const sections = [
    teacherSection(pictures),
    targetSection(example, pictures),
    networkSection(results),
  ];
  const steps = sections.map(({ title, rows }) =>
    `${title} (${rows.flat().map((box) => box.title).join(" → ")})`
  );
  return frame(drawFlow(sections, WIDTH), {
    ariaLabel: `Flow of instance-based smoothing: ${steps.join("; ")}`,
    ...text,
  });
}

function teacherSection(pictures: FlowPictures): FlowSection {
  return {
    title: "A teacher learns the labels",
    colour: "#444444",
    background: "#f0f0f0",
    rows: [
      [{
        title: "Training image and hard label",
        text: "The label puts all probability on one class.",
        figure: pictures.label,
      }],
      [{
        title: "Teacher network",
        text:
          "Trained on all images and hard labels with cross-entropy, which " +
          "penalises a low probability of the labelled class.",
      }],
    ],
  };
}

function targetSection(
  example: FlowExample,
  pictures: FlowPictures,
): FlowSection {
  const amount = 1 - example.target[example.label];
  return {
    title: "The teacher softens each label",
    colour: "#0072b2",
    background: "#e6f1f8",
    incoming: "logits of every training image",
    rows: [
      [{
        title: "Teacher's prediction",
        text: "Its logits (one score per class), divided by a temperature " +
          `T = ${example.temperature ?? 1} and turned into probabilities.`,
        figure: pictures.teacher,
      }],
      [{
        title: "Amount: how much moves",
        text: "A constant ε, or an amount that depends on the teacher's " +
          `probability of the true class.\nHere: ${amount.toFixed(3)}`,
        incoming: "true class",
      }, {
        title: "Shape: where it goes",
        text: "To the wrong classes, in proportion to the teacher's scores.",
        figure: pictures.shape,
        incoming: "wrong classes",
      }],
      [{
        title: "Soft target",
        text: "(1 − amount) × hard label + amount × shape: what stays (dark) " +
          "and what moved (blue).",
        figure: pictures.target,
      }],
    ],
  };
}

function networkSection(results: FlowResults | undefined): FlowSection {
  const fitted = results
    ? `\nHere: T* = ${results.temperature.toFixed(2)}`
    : "";
  return {
    title: "A network learns the soft targets",
    colour: "#2c7a4b",
    background: "#e3f1e7",
    incoming: "soft target of every training image",
    rows: [
      [{
        title: "Network",
        text:
          "Trained on the same images with cross-entropy against the soft " +
          "targets.",
      }],
      [{
        title: "Temperature scaling",
        text:
          "One number T*, fitted on validation images, divides the logits " +
          `and corrects over- or underconfidence.${fitted}`,
        incoming: "logits",
      }, {
        title: "Student (distillation)",
        text: "A smaller network is trained to reproduce the network's logits.",
        incoming: "logits",
      }],
      [{
        title: "Measured on test images",
        text: results
          ? "Here: the network, after temperature scaling."
          : "The network before and after scaling, and its student.",
        figure: scoreColumns(results),
      }],
    ],
  };
}

/** The three scores next to each other, each with its meaning. */
function scoreColumns(results: FlowResults | undefined): Drawing {
  const percent = (share: number) => ` ${(100 * share).toFixed(1)} %`;
  const columns = [
    [
      "Accuracy",
      results && percent(results.accuracy),
      "share of right predictions",
    ],
    [
      "Log loss",
      results && ` ${results.logLoss.toFixed(3)}`,
      "penalty for a low probability of the true class",
    ],
    [
      "ECE",
      results && percent(results.ece),
      "gap between confidence and accuracy",
    ],
  ] as const;
  const width = 124;
  const drawn = columns.map(([name, value = "", meaning]) => ({
    ...stack([
      drawText(name + value, { width, bold: true }),
      drawText(meaning, { width }),
    ], 2),
    width,
  }));
  return grid(drawn, { columns: 3, gap: 14 });
}
