import assert from "node:assert/strict";
import { reliability } from "../../../lib/calibration/bins.ts";
import { evaluateLogits } from "../../../lib/calibration/evaluate.ts";
import type { LabelledLogits } from "../../../lib/calibration/labelled_logits.ts";
import { logitsOf } from "../../../lib/matrix_kinds.ts";
import { METRICS, scoreHeading } from "../../../lib/calibration/metrics.ts";
import {
  type Evaluation,
  scaledMetrics,
} from "../../../lib/calibration/evaluation.ts";
import { calibrationPage } from "../../../lib/reports/pages/calibration_page.ts";
import { externalAddresses } from "../../../lib/reproduce/external_addresses.ts";
import { softmax } from "../../../lib/logits/softmax.ts";

// Three of four are right at 98 %: the best temperature is 4 / ln 3 = 3.6410.
const logits = logitsOf([[4, 0], [4, 0], [4, 0], [4, 0]]);
const labels = Int32Array.of(0, 0, 0, 1);

function binsAt(temperature: number) {
  return reliability(softmax(logits, temperature), labels, 10);
}

/** Evaluates the logits; of the calibrators, keeps temperature scaling. */
function evaluateScaled(validation: LabelledLogits): Evaluation {
  const options = { bins: 10, validation };
  const { plain, calibrated } = evaluateLogits(logits, labels, options);
  const scaled = calibrated.filter(({ by }) => by === "temperature");
  assert.equal(scaled.length, 1);
  return { plain, calibrated: scaled };
}

/** The texts of the cells of the page's table, by row. */
function rowsOf(page: string): string[][] {
  const body = /<tbody>(.*?)<\/tbody>/s.exec(page)![1];
  return body.split("</tr>").filter(Boolean).map((row) =>
    [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, text]) => text)
  );
}

/** The SVG embedded in the page. */
function figureOf(page: string): string {
  const encoded = /src="data:image\/svg\+xml;base64,([^"]+)"/.exec(page)![1];
  return new TextDecoder().decode(Uint8Array.fromBase64(encoded));
}

Deno.test("calibrationPage() shows the metrics before and after scaling", async () => {
  const evaluation = evaluateScaled({ logits, labels });
  const page = await calibrationPage({
    name: "L.npy",
    evaluation,
    bins: binsAt(1),
    calibratedBins: [binsAt(scaledMetrics(evaluation)!.temperature)],
  });
  const [plain, scaled] = rowsOf(page);
  // 1 / (1 + exp(-4)) = 98.20 %, of which 75 % are right.
  assert.deepEqual(plain.slice(0, 2), ["uncalibrated", "75.00"]);
  assert.equal(plain[4], "23.20");
  assert.deepEqual(scaled.slice(0, 2), ["scaled", "75.00"]);
  assert.equal(scaled[4], "0.00");
  assert.match(page, /after temperature scaling[^<]* \(T = 3\.6410\)\./);
  assert(!page.includes("Caution"));
  assert.match(
    page,
    /4 rows of 2\s+classes\. Every calibration error uses 10 bins/,
  );
  const figure = figureOf(page);
  assert(figure.includes("ECE 23.20 %") && figure.includes("ECE 0.00 %"));
});

Deno.test("calibrationPage() says so if no temperature minimises the log loss", async () => {
  const evaluation = evaluateScaled({ logits, labels: new Int32Array(4) });
  const page = await calibrationPage({
    name: "L.npy",
    evaluation,
    bins: binsAt(1),
    calibratedBins: [binsAt(scaledMetrics(evaluation)!.temperature)],
  });
  assert.match(
    page,
    /temperature scaling[^<]* \(T = 0\.0500\)\. Caution: every validation row is predicted right/,
  );
  assert.equal(rowsOf(page)[0].length, rowsOf(page)[1].length);
});

Deno.test("calibrationPage() mentions no temperature without validation rows", async () => {
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

Deno.test("calibrationPage() is self-contained and escapes the name of a file", async () => {
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

Deno.test("calibrationPage() lists remarks on the input, escaped", async () => {
  const content = {
    name: "L.npy",
    evaluation: evaluateLogits(logits, labels, { bins: 10 }),
    bins: binsAt(1),
    calibratedBins: [],
  };
  const remarks = ["All test rows have label 3", "<P>.npy is odd"];
  const page = await calibrationPage({ ...content, remarks });
  assert(page.includes(
    '<ul class="text remarks"><li>All test rows have label 3</li>' +
      "<li>&lt;P&gt;.npy is odd</li></ul>",
  ));
  assert(!(await calibrationPage(content)).includes('class="text remarks"'));
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
