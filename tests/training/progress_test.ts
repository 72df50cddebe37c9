import assert from "node:assert/strict";
import type { EpochRecord } from "../../lib/training/history.ts";
import {
  displayProgress,
  lineProgress,
  type Progress,
  terminalProgress,
} from "../../lib/training/progress.ts";
import type { StepReport } from "../../lib/training/step_report.ts";

const REPORT: StepReport = {
  epoch: 51,
  epochs: 100,
  step: 0,
  steps: 10,
  loss: 0.25,
  imagesPerSecond: 12345.6,
  secondsLeft: 200,
};

const RECORD: EpochRecord = {
  epoch: 51,
  learningRate: 0.1,
  trainLoss: 0.25,
  validationLoss: 0.5,
  validationAccuracy: 0.875,
  seconds: 3,
  imagesPerSecond: 12345.6,
};

/** Reports a training of one step and one epoch. */
function report(progress: Progress): void {
  progress.begin("run");
  progress.step(REPORT);
  progress.step(REPORT);
  progress.epoch(RECORD);
  progress.end("accuracy 88 %");
}

Deno.test("a remark stays on the terminal and in the log, and shows in a cell", () => {
  const shown = (open: (write: (text: string) => void) => Progress) => {
    const texts: string[] = [];
    const progress = open((text) => texts.push(text));
    progress.begin("run");
    progress.remark("a checkpoint is damaged");
    return texts.at(-1);
  };
  assert.equal(shown(terminalProgress), "\r\x1b[Ka checkpoint is damaged\n");
  assert.equal(shown(lineProgress), "run  a checkpoint is damaged\n");
  assert.equal(shown(displayProgress), "run  a checkpoint is damaged");
});

const NUMBERS = "epoch 51/100  loss 0.2500  12346 images/s  3 min 20 s left";
const HALF = "████████░░░░░░░░";

Deno.test("terminalProgress() draws a bar below the title, then the summary", () => {
  const written: string[] = [];
  report(terminalProgress((text) => written.push(text), () => 80));
  // The second step follows within a tenth of a second and is not shown.
  assert.deepEqual(written, [
    "run\n",
    `\r\x1b[K${HALF}  ${NUMBERS}`,
    "\r\x1b[Kaccuracy 88 %\n",
  ]);
});

Deno.test("terminalProgress() cuts lines to less than the terminal's width", () => {
  let drawn = "";
  report(terminalProgress((text) => drawn += text, () => 40));
  const line = drawn.split("\r\x1b[K")[1];
  assert.equal(line, `${HALF}  ${NUMBERS}`.slice(0, 39));
});

Deno.test("lineProgress() writes one line per epoch and one at the end", () => {
  let written = "";
  report(lineProgress((text) => written += text));
  assert.equal(
    written,
    "run  epoch 51  loss 0.2500  validation loss 0.5000  " +
      "accuracy 87.50 %  12346 images/s  3.0 s\nrun  accuracy 88 %\n",
  );
});

Deno.test("displayProgress() shows title, bar and summary in turn", () => {
  const shown: string[] = [];
  report(displayProgress((text) => shown.push(text)));
  assert.deepEqual(shown, [
    "run",
    `run  ${HALF}  ${NUMBERS}`,
    "run  accuracy 88 %",
  ]);
});
