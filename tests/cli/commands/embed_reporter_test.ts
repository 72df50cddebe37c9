import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { embedReporter } from "../../../lib/cli/commands/embed/embed_reporter.ts";

const POINTS = { rows: 1000, columns: 2048 };

Deno.test("embedReporter() says how long the neighbours take, once per quarter", () => {
  const lines: string[] = [];
  const log = (text: string) => lines.push(text);
  const { onSearch, onProgress, onMeasure } = embedReporter(
    { log, terminal: false },
    POINTS,
  );
  for (const rows of [40, 80, 260]) {
    onSearch({ rows, total: 1000, seconds: rows / 20 });
  }
  onProgress({ iteration: 50, iterations: 1000, klDivergence: 1 });
  onProgress({ iteration: 1000, iterations: 1000, klDivergence: 0.5 });
  onMeasure();
  deepStrictEqual(lines, [
    "neighbours of 1000 points of 2048 columns: 4 %, 48 s left\n",
    "neighbours of 1000 points of 2048 columns: 26 %, 37 s left\n",
    "t-SNE 1000/1000, KL divergence 0.5000\n",
    "measuring trustworthiness, about as long as the neighbours\n",
  ]);
});

Deno.test("embedReporter() redraws one line on a terminal and mentions no fast search", () => {
  let text = "";
  const { onProgress, onMeasure } = embedReporter(
    { log: (more) => text += more, terminal: true },
    POINTS,
  );
  onProgress({ iteration: 50, iterations: 100, klDivergence: 1 });
  onProgress({ iteration: 100, iterations: 100, klDivergence: 0.5 });
  onMeasure();
  strictEqual(
    text,
    "\r\x1b[Kt-SNE 50/100, KL divergence 1.0000" +
      "\r\x1b[Kt-SNE 100/100, KL divergence 0.5000\n",
  );
});
