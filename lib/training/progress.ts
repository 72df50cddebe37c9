import { duration } from "../duration.ts";
import type { EpochRecord } from "./history.ts";
import type { StepReport } from "./step_report.ts";

/** A display of the progress of training. */
export interface Progress {
  /** Shows the title of a training that begins. */
  begin(title: string): void;
  /** Shows a step; for `onStep` of `fit()`. */
  step(report: StepReport): void;
  /** Shows an epoch; for `onEpoch` of `fit()`. */
  epoch(record: EpochRecord): void;
  /** Shows a line that is worth knowing; for `onRemark` of `fit()`. */
  remark(text: string): void;
  /** Shows a summary of the training that ended. */
  end(summary: string): void;
}

/** A display that shows nothing. */
export const silentProgress: Progress = {
  begin: () => {},
  step: () => {},
  epoch: () => {},
  remark: () => {},
  end: () => {},
};

/** Leaves room in 80 columns for the numbers of a long training. */
const BAR_WIDTH = 16;
const TERMINAL_MS = 100;
const DISPLAY_MS = 500;

/**
 * Progress for a terminal: a title, and below it one line that is redrawn in place
 * and finally replaced by the summary.
 *
 * @param write writes text to the terminal
 * @param columns current width of the terminal; longer lines are cut, because
 * wrapped lines cannot be redrawn
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { terminalProgress } from "@ils/label-smoothing/training";
 * let text = "";
 * const progress = terminalProgress((part) => text += part, () => 80);
 * progress.begin("mlp, seed 1"); // then fit() with onStep: progress.step
 * progress.end("accuracy 88 %");
 * strictEqual(text, "mlp, seed 1\n\r\x1b[Kaccuracy 88 %\n");
 * ```
 */
export function terminalProgress(
  write: (text: string) => void,
  columns: () => number = () => Infinity,
): Progress {
  const draw = atMostEvery(TERMINAL_MS, (report: StepReport) => {
    const line = describeStep(report);
    write(`\r\x1b[K${line.slice(0, columns() - 1)}`);
  });
  return {
    begin: (title) => write(`${title}\n`),
    step: draw,
    epoch: () => {},
    remark: (text) => write(`\r\x1b[K${text}\n`),
    end: (summary) => write(`\r\x1b[K${summary}\n`),
  };
}

/**
 * Progress for log files: one line per epoch and one for the summary.
 *
 * @param write appends text to the log
 *
 * @example
 * ```ts
 * import { strictEqual } from "node:assert/strict";
 * import { lineProgress } from "@ils/label-smoothing/training";
 * let text = "";
 * const progress = lineProgress((line) => text += line);
 * progress.begin("mlp, seed 1"); // then fit() with onEpoch: progress.epoch
 * progress.end("accuracy 88 %");
 * strictEqual(text, "mlp, seed 1  accuracy 88 %\n");
 * ```
 */
export function lineProgress(write: (text: string) => void): Progress {
  let title = "";
  return {
    begin: (text) => title = text,
    step: () => {},
    epoch: (record) => write(`${title}  ${describeEpoch(record)}\n`),
    remark: (text) => write(`${title}  ${text}\n`),
    end: (summary) => write(`${title}  ${summary}\n`),
  };
}

/**
 * Progress for notebooks: one text that is updated in place.
 *
 * @param show replaces the text that is displayed
 *
 * @example
 * ```ts
 * import { deepStrictEqual } from "node:assert/strict";
 * import { displayProgress } from "@ils/label-smoothing/training";
 * const texts: string[] = [];
 * const progress = displayProgress((text) => texts.push(text));
 * progress.begin("mlp, seed 1"); // then fit() with onStep: progress.step
 * progress.end("accuracy 88 %");
 * deepStrictEqual(texts, ["mlp, seed 1", "mlp, seed 1  accuracy 88 %"]);
 * ```
 */
export function displayProgress(show: (text: string) => void): Progress {
  let title = "";
  const draw = atMostEvery(DISPLAY_MS, (report: StepReport) => {
    show(`${title}  ${describeStep(report)}`);
  });
  return {
    begin: (text) => {
      title = text;
      show(text);
    },
    step: draw,
    epoch: () => {},
    remark: (text) => show(`${title}  ${text}`),
    end: (summary) => show(`${title}  ${summary}`),
  };
}

function bar({ epoch, epochs, step, steps }: StepReport): string {
  return shareBar((epoch - 1 + step / steps) / epochs);
}

/** A bar of which a share, in [0, 1], is filled. */
export function shareBar(done: number): string {
  const filled = Math.round(done * BAR_WIDTH);
  return "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
}

/** The bar of a training, its position, loss, speed and time left. */
export function describeStep(report: StepReport): string {
  const { epoch, epochs, loss, imagesPerSecond, secondsLeft } = report;
  return `${bar(report)}  epoch ${epoch}/${epochs}  loss ${loss.toFixed(4)}  ` +
    `${Math.round(imagesPerSecond)} images/s  ${duration(secondsLeft)} left`;
}

/** Losses, accuracy, speed and duration of an epoch. */
export function describeEpoch(record: EpochRecord): string {
  const { epoch, trainLoss, validationLoss, validationAccuracy } = record;
  return `epoch ${epoch}  loss ${trainLoss.toFixed(4)}  ` +
    `validation loss ${validationLoss.toFixed(4)}  ` +
    `accuracy ${(100 * validationAccuracy).toFixed(2)} %  ` +
    `${Math.round(record.imagesPerSecond)} images/s  ` +
    duration(record.seconds);
}

/** Calls at most once per `everyMs` milliseconds and drops the calls in between. */
export function atMostEvery<Value>(
  everyMs: number,
  call: (value: Value) => void,
): (value: Value) => void {
  let last = -Infinity;
  return (value) => {
    const now = performance.now();
    if (now - last < everyMs) return;
    last = now;
    call(value);
  };
}
