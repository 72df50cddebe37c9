import assert from "node:assert/strict";
import { runsDisplay, type Screen } from "../../lib/runs/runs_display.ts";
import {
  cellScreen,
  logScreen,
  terminalScreen,
} from "../../lib/runs/screens.ts";
import type { StepReport } from "../../lib/training/step_report.ts";

const report = (epoch: number, secondsLeft: number): StepReport => ({
  ...{ epoch, epochs: 4, step: 5, steps: 5, loss: 0.5, imagesPerSecond: 900 },
  secondsLeft,
});

/** A screen that records what it shows. */
function recorder() {
  const printed: string[] = [];
  const drawn: string[][] = [];
  const screen: Screen = {
    print: (_, line) => printed.push(line),
    draw: (lines) => drawn.push(lines.map((parts) => parts.join("  "))),
    finish: () => drawn.push([]),
  };
  return { screen, printed, drawn };
}

Deno.test("runsDisplay() shows a line for each running training and one for all", () => {
  const { screen, printed, drawn } = recorder();
  const display = runsDisplay(screen);
  display.begin(4, 2, 40);
  const [a, b] = [display.open("a"), display.open("b")];
  a.begin("a");
  // One of four is running, and 40 s each are estimated: 4 · 40 / 2.
  assert.deepEqual(drawn.at(-1), [
    "a",
    "0 of 4 runs  ░░░░░░░░░░░░░░░░  1 min 20 s left",
  ]);
  b.begin("b");
  b.step(report(2, 10));
  assert.match(
    drawn.at(-1)!.join("\n"),
    /^a\nb {2}epoch 2\/4 {2}loss 0.5000 {2}900 images\/s {2}10 s left\n0 of 4 runs {2}██░░░░░░░░░░░░░░ {2}[\d.]+ s left$/,
  );
  b.end("accuracy 90 %");
  b.close({ state: "done" });
  assert.match(printed[0], /^\[1 of 4, .* left\] b {2}accuracy 90 %$/);
  assert.match(drawn.at(-1)!.join("\n"), /^a\n1 of 4 runs {2}████░/);
});

Deno.test("a remark of a training stays, also at the end of a cell", () => {
  const { screen, printed } = recorder();
  const run = runsDisplay(screen).open("a");
  run.remark("checkpoint is damaged");
  assert.deepEqual(printed, ["a  checkpoint is damaged"]);
  const texts: string[] = [];
  const cell = cellScreen((text) => texts.push(text));
  cell.print("remark", "a remark");
  cell.print("end", "the end");
  cell.finish();
  assert.equal(texts.at(-1), "a remark");
});

Deno.test("a failed training is shown with its reason and counts; one left to another process does not", () => {
  const { screen, printed, drawn } = recorder();
  const display = runsDisplay(screen);
  display.begin(3, 1);
  display.open("a").close({ state: "failed", error: new Error("NaN\nloss") });
  display.open("b").close({ state: "left" });
  const c = display.open("c");
  c.begin("c");
  c.end("done");
  c.close({ state: "done" });
  assert.deepEqual(printed, ["a failed: NaN loss", "[2 of 3] c  done"]);
  display.end();
  assert.deepEqual(drawn.at(-1), []);
});

Deno.test("the only training has no position, and its line has a bar", () => {
  const { screen, printed, drawn } = recorder();
  const display = runsDisplay(screen);
  display.begin(1, 1);
  const run = display.open("a");
  run.begin("a");
  run.step(report(4, 0));
  assert.match(drawn.at(-1)!.join("\n"), /^a {2}█{16} {2}epoch 4\/4/);
  run.end("accuracy 90 %");
  assert.deepEqual(printed, ["a  accuracy 90 %"]);
});

Deno.test("logScreen() writes a line per epoch and run, and nothing about what is running", () => {
  const lines: string[] = [];
  const screen = logScreen((text) => lines.push(text));
  screen.draw([["a", "1 s left"]]);
  screen.print("epoch", "a  epoch 1");
  screen.print("end", "a  done");
  screen.finish();
  assert.deepEqual(lines, ["a  epoch 1\n", "a  done\n"]);
});

Deno.test("terminalScreen() redraws its lines below what has ended, as far as they fit", () => {
  let text = "";
  const size = { columns: 30, rows: 4 };
  const screen = terminalScreen((part) => text += part, () => size);
  const all = ["1 of 9 runs", "████", "1 s left"];
  const run = (name: string) => [name, "epoch 1/4", "loss 0.5", "2 s left"];
  screen.draw([run("a"), run("b"), run("c"), all]);
  const lines = "a  epoch 1/4  2 s left\n1 of 9 runs  ████  1 s left";
  assert.equal(text, lines);
  text = "";
  screen.print("end", "b  done");
  screen.draw([run("a"), all]);
  assert.equal(text, `\x1b[1A\r\x1b[Jb  done\n${lines}`);
  text = "";
  screen.finish();
  assert.equal(text, "\x1b[1A\r\x1b[J");
});

Deno.test("cellScreen() replaces its text and leaves only failures", () => {
  const texts: string[] = [];
  const screen = cellScreen((text) => texts.push(text));
  screen.draw([["a", "1 s left"], ["1 of 3 runs", "2 s left"]]);
  screen.print("end", "[2 of 3] c  done");
  screen.finish();
  assert.deepEqual(texts, ["a  1 s left\n1 of 3 runs  2 s left", ""]);
  screen.print("failure", "b failed: NaN");
  screen.finish();
  assert.equal(texts.at(-1), "b failed: NaN");
});
