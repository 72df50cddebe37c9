import assert from "node:assert/strict";
import { reliability } from "../../../lib/calibration/bins.ts";
import { evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import { METRICS, scoreHeading } from "../../../lib/calibration/metrics.ts";
import { scaledMetrics } from "../../../lib/calibration/evaluation.ts";
import { calibrationPage } from "../../../lib/reports/pages/calibration_page.ts";
import { externalAddresses } from "../../../lib/reproduce/external_addresses.ts";
import { softmax } from "../../../lib/logits/softmax.ts";

// Three of four right at 98 %: the best temperature is 4 / ln 3 = 3.6410.
const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
const labels = Int32Array.of(0, 0, 0, 1);
const validation = { logits, labels };

function binsAt(temperature: number) {
  return reliability(softmax(logits, temperature), labels, 10);
}

/** The rows of the page's table, by the text of their cells. */
function rowsOf(page: string): string[][] {
  const body = /<tbody>(.*?)<\/tbody>/s.exec(page)![1];
  return body.split("</tr>").filter(Boolean).map((row) =>
    [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, text]) => text)
  );
}

/** The figure within the page. */
function figureOf(page: string): string {
  const encoded = /src="data:image\/svg\+xml;base64,([^"]+)"/.exec(page)![1];
  return new TextDecoder().decode(Uint8Array.fromBase64(encoded));
}

Deno.test("the page tells the metrics as they are and scaled, side by side", async () => {
  const evaluation = evaluateLogits(logits, labels, { bins: 10, validation });
  const page = await calibrationPage({
    name: "L.npy",
    evaluation,
    bins: binsAt(1),
    calibratedBins: [binsAt(scaledMetrics(evaluation)!.temperature)],
  });
  const [plain, scaled] = rowsOf(page);
  // 1 / (1 + exp(-4)) = 98.20 %, of which 75 % are right.
  assert.deepEqual(plain.slice(0, 2), ["as they are", "75.00"]);
  assert.equal(plain[4], "23.20");
  assert.deepEqual(scaled.slice(0, 2), ["scaled", "75.00"]);
  assert.equal(scaled[4], "0.00");
  assert.match(page, /after temperature scaling[^<]* \(T = 3\.6410\)\./);
  assert(!page.includes("bound"));
  assert.match(page, /4 rows of 2\s+classes\. Every error is over 10 bins/);
  const figure = figureOf(page);
  assert(figure.includes("ECE 23.20 %") && figure.includes("ECE 0.00 %"));
});

Deno.test("the page says so where the temperature is the search's bound", async () => {
  const right = { logits, labels: new Int32Array(4) };
  const evaluation = evaluateLogits(logits, labels, {
    bins: 10,
    validation: right,
  });
  const page = await calibrationPage({
    name: "L.npy",
    evaluation,
    bins: binsAt(1),
    calibratedBins: [binsAt(scaledMetrics(evaluation)!.temperature)],
  });
  assert.match(
    page,
    /temperature scaling[^<]* \(T = 0\.0500\)\. It is the search's bound/,
  );
  assert.equal(rowsOf(page)[0].length, rowsOf(page)[1].length);
});

Deno.test("without validation rows the page speaks of no temperature", async () => {
  const evaluation = evaluateLogits(logits, labels, { bins: 10 });
  const page = await calibrationPage({
    name: "L.npy",
    evaluation,
    bins: binsAt(1),
    calibratedBins: [],
  });
  assert.equal(rowsOf(page).length, 1);
  assert(!page.includes("temperature"));
  assert(!figureOf(page).includes("scaled"));
});

Deno.test("the page is complete in itself, and a file's name is only text", async () => {
  const page = await calibrationPage({
    name: `<img src="https://example.org/x.png">.npy`,
    evaluation: evaluateLogits(logits, labels, { bins: 10 }),
    bins: binsAt(1),
    calibratedBins: [],
  });
  assert.deepEqual(externalAddresses(page), []);
  assert(!page.includes("<img src="));
  assert(page.includes("&lt;img src=&quot;https://example.org/x.png&quot;"));
});

Deno.test("the page's table has a column for every metric", async () => {
  const page = await calibrationPage({
    name: "L.npy",
    evaluation: evaluateLogits(logits, labels, { bins: 10 }),
    bins: binsAt(1),
    calibratedBins: [],
  });
  const head = /<thead>(.*?)<\/thead>/s.exec(page)![1];
  const titles = [...head.matchAll(/<th[^>]*>([^<]*)</g)]
    .map(([, text]) => text.toLowerCase());
  assert.deepEqual(titles, [
    "logits",
    ...Object.values(METRICS).map((metric) =>
      scoreHeading(metric).toLowerCase()
    ),
  ]);
});
