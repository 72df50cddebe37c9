import { duration } from "../duration.ts";
import type { EpochRecord } from "./history.ts";
import type { StepReport } from "./step_report.ts";

/** Someone who is told how a training goes. */
export interface Progress {
  begin(title: string): void;
  step(report: StepReport): void;
  epoch(record: EpochRecord): void;
  end(summary: string): void;
}

/** Tells nobody. */
export const silentProgress: Progress = {
  begin: () => {},
  step: () => {},
  epoch: () => {},
  end: () => {},
};

/** With 80 columns, leaves room for the numbers of a long training. */
const BAR_WIDTH = 16;
const TERMINAL_MS = 100;
const DISPLAY_MS = 500;

/**
 * On a terminal, a title and under it one line, redrawn in place; what is left
 * in the end is a summary.
 *
 * @param columns width of the terminal now; a line that wraps could not be
 * redrawn, so it is cut
 */
export function terminalProgress(
  write: (text: string) => void,
  columns: () => number = () => Infinity,
): Progress {
  const draw = throttle(TERMINAL_MS, (report: StepReport) => {
    const line = `${bar(report)}  ${describeStep(report)}`;
    write(`\r\x1b[K${line.slice(0, columns() - 1)}`);
  });
  return {
    begin: (title) => write(`${title}\n`),
    step: draw,
    epoch: () => {},
    end: (summary) => write(`\r\x1b[K${summary}\n`),
  };
}

/** A line an epoch, for logs. */
export function lineProgress(write: (text: string) => void): Progress {
  let title = "";
  return {
    begin: (text) => title = text,
    step: () => {},
    epoch: (record) => write(`${title}  ${describeEpoch(record)}\n`),
    end: (summary) => write(`${title}  ${summary}\n`),
  };
}

/** One display in a notebook, updated in place. */
export function displayProgress(show: (text: string) => void): Progress {
  let title = "";
  const draw = throttle(DISPLAY_MS, (report: StepReport) => {
    show(`${title}  ${bar(report)}  ${describeStep(report)}`);
  });
  return {
    begin: (text) => {
      title = text;
      show(text);
    },
    step: draw,
    epoch: () => {},
    end: (summary) => show(`${title}  ${summary}`),
  };
}

function bar({ epoch, epochs, step, steps }: StepReport): string {
  const done = (epoch - 1 + step / steps) / epochs;
  const filled = Math.round(done * BAR_WIDTH);
  return "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
}

function describeStep(report: StepReport): string {
  const { epoch, epochs, loss, imagesPerSecond, secondsLeft } = report;
  return `epoch ${epoch}/${epochs}  loss ${loss.toFixed(4)}  ` +
    `${Math.round(imagesPerSecond)} images/s  ${duration(secondsLeft)} left`;
}

function describeEpoch(record: EpochRecord): string {
  const { epoch, trainLoss, validationLoss, validationAccuracy } = record;
  return `epoch ${epoch}  loss ${trainLoss.toFixed(4)}  ` +
    `validation loss ${validationLoss.toFixed(4)}  ` +
    `accuracy ${(100 * validationAccuracy).toFixed(2)} %  ` +
    `${Math.round(record.imagesPerSecond)} images/s  ` +
    duration(record.seconds);
}

/** Calls at most once in `everyMs`; what comes between is dropped. */
function throttle<Value>(
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
