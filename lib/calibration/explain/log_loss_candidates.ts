import { logitsLogLoss } from "../scores.ts";
import type { Predictions } from "../metrics.ts";
import type { Candidate } from "./convention.ts";

/** Limits of probabilities, the commonest first. */
const CLIPS = [
  { at: 1e-15, source: " (scikit-learn before 1.3)" },
  { at: 2 ** -52, source: " (float64 epsilon)" },
  { at: 2 ** -23, source: " (float32 epsilon)" },
  { at: 1e-7, source: " (Keras)" },
  ...[1e-12, 1e-10, 1e-8, 1e-6, 1e-5, 1e-4, 1e-3].map((at) => (
    { at, source: "" }
  )),
];
/** Numbers that are added to probabilities. */
const ADDED = [1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5];

/** A mean of logarithms, in nats. */
interface Loss {
  readonly nats: number;
  readonly text: string;
  readonly settings: Candidate["settings"];
  readonly departures: number;
}

/**
 * Log losses: with probabilities limited in several ways, by all or only the label's
 * probability, and in several units.
 */
export function logLossCandidates(predictions: Predictions): Candidate[] {
  return [...labelLosses(predictions), ...binaryLosses(predictions)]
    .flatMap((loss) => inUnits(loss, predictions.probabilities.columns));
}

function labelLosses(
  { probabilities, labels, logits }: Predictions,
): Loss[] {
  const { data, rows, columns } = probabilities;
  const mean = (log: (p: number) => number) => {
    let total = 0;
    for (let i = 0; i < rows; i++) {
      total -= log(data[i * columns + labels[i]]);
    }
    return total / rows;
  };
  const unclipped = logits === undefined
    ? mean(Math.log)
    : logitsLogLoss(logits, labels);
  return [
    {
      ...{ nats: unclipped, text: "log loss, not clipped", departures: 0 },
      settings: { metric: "logLoss", clip: "none" },
    },
    ...CLIPS.map(({ at, source }, i) => ({
      nats: mean((p) => Math.log(clipped(p, at))),
      text: `log loss, probabilities clipped at ${shown(at)}${source}`,
      settings: { metric: "logLoss", clip: at },
      departures: i < 4 ? 1 : 2,
    })),
    ...ADDED.map((added) => ({
      nats: mean((p) => Math.log(p + added)),
      text: `log loss, ${shown(added)} added to probabilities`,
      settings: { metric: "logLoss", added },
      departures: 2,
    })),
  ];
}

/** Log losses of each class against all others. */
function binaryLosses({ probabilities, labels }: Predictions): Loss[] {
  const { data, rows, columns } = probabilities;
  return CLIPS.slice(0, 4).flatMap(({ at }) => {
    let total = 0;
    for (let i = 0; i < rows; i++) {
      for (let k = 0; k < columns; k++) {
        const p = clipped(data[i * columns + k], at);
        total -= labels[i] === k ? Math.log(p) : Math.log1p(-p);
      }
    }
    const text = `one-versus-rest log loss, clipped at ${shown(at)}`;
    const settings = { metric: "binaryLogLoss", clip: at };
    const sum = total / rows;
    return [
      {
        nats: sum / columns,
        text: `${text}, mean over classes`,
        settings: { ...settings, classes: "mean" },
        departures: 2,
      },
      {
        nats: sum,
        text: `${text}, sum over classes`,
        settings: { ...settings, classes: "sum" },
        departures: 3,
      },
    ];
  });
}

function inUnits(
  { nats, text, settings, departures }: Loss,
  classes: number,
): Candidate[] {
  const units = [
    ["nats", "", 1, 0],
    ["bits", ", in bits", Math.LN2, 2],
    ["log10", ", logarithms to base 10", Math.LN10, 2],
    ["classes", `, divided by ln ${classes}`, Math.log(classes), 2],
  ] as const;
  return units.map(([unit, suffix, divisor, more]) => ({
    value: nats / divisor,
    text: text + suffix,
    settings: { ...settings, unit },
    departures: departures + more,
  }));
}

function clipped(p: number, at: number): number {
  return Math.min(Math.max(p, at), 1 - at);
}

function shown(limit: number): string {
  return limit.toPrecision(3).replace(/\.?0+(e|$)/, "$1");
}
