import assert from "node:assert/strict";
import { parseHTML } from "linkedom";
import {
  type CalibratorFit,
  fitCalibrator,
} from "../../../lib/calibration/calibrators/fit_calibrator.ts";
import { compareModels } from "../../../lib/calibration/compare_models.ts";
import { LISTED_METRICS } from "../../../lib/calibration/extended_names.ts";
import type { LabelledLogits } from "../../../lib/calibration/labelled_logits.ts";
import { modelDiagrams } from "../../../lib/calibration/model_diagrams.ts";
import { embedModels } from "../../../lib/reports/interactive/embed_models.ts";
import { asLogits, type Logits } from "../../../lib/matrix_kinds.ts";
import {
  buildReportData,
  type ReportSettings,
} from "../../../lib/reports/calibration/build_report_data.ts";
import { calibrationReport } from "../../../lib/reports/calibration/calibration_report.ts";
import type { ReportData } from "../../../lib/reports/calibration/report_data.ts";
import { externalAddresses } from "../../../lib/reproduce/external_addresses.ts";
import { REFERENCE } from "../../calibration/reference.ts";
import { EVIL } from "../../plots/samples.ts";

const { logits, labels, validation } = REFERENCE[0];
const [temperature, vector] = (["temperature", "vector"] as const)
  .map((by) => fitCalibrator(by, validation));

function scaled({ data, rows, columns }: Logits, factor: number): Logits {
  return asLogits({ data: data.map((z) => factor * z), rows, columns });
}

interface Model {
  readonly name: string;
  readonly logits: Logits;
  readonly fits: readonly CalibratorFit[];
}

/** The data of a report on models, on the reference rows and others. */
async function dataOf(
  models: readonly Model[],
  { also = [], ...settings }: Partial<ReportSettings> & {
    readonly also?: readonly (LabelledLogits & { readonly name: string })[];
  } = {},
): Promise<ReportData> {
  const options = { bins: 10, resamples: 40, seed: 3, ...settings };
  const sets = [{ name: undefined, labels }, ...also];
  const rows = [];
  for (const { name, labels } of sets) {
    const versions = models.map((model) => ({
      ...model,
      logits: name === undefined ? model.logits : also[0].logits,
    }));
    rows.push({
      name,
      comparison: await compareModels(versions, labels, options),
      diagrams: await modelDiagrams(versions, labels, options),
      scores: await embedModels(
        versions.map(({ logits }) => logits),
        labels,
        { seed: 1 },
      ),
    });
  }
  const about = models.map((model) => (
    { ...model, validationRows: validation.labels.length }
  ));
  return buildReportData(about, rows, { remarks: [], ...options });
}

const TWO: Model[] = [
  { name: "net", logits, fits: [temperature, vector] },
  { name: "flat", logits: scaled(logits, 0.2), fits: [temperature, vector] },
];
const ONE: Model[] = [{ name: "net", logits, fits: [] }];

interface Node {
  readonly textContent: string;
  readonly innerHTML: string;
  readonly className: string;
  getAttribute(name: string): string | null;
  querySelector(css: string): Node | null;
  querySelectorAll(css: string): Iterable<Node>;
}

async function open(data: ReportData) {
  const page = await calibrationReport(data);
  const { document } = parseHTML(page) as unknown as {
    document: Node & { getElementById(id: string): Node | null };
  };
  const texts = (selector: string) =>
    [...document.querySelectorAll(selector)]
      .map(({ textContent }) => textContent.replaceAll("\u00a0", " "));
  /** The cells of each row of each table. */
  const tables = [...document.querySelectorAll("table")].map((table) => ({
    caption: table.querySelector("caption")?.textContent,
    rows: [...table.querySelectorAll("tr")].map((row) =>
      [...row.querySelectorAll("th, td")].map((cell) =>
        cell.innerHTML.replaceAll("&#160;", " ").split("<br>")
      )
    ),
  }));
  return { page, document, texts, tables };
}

Deno.test("calibrationReport() embeds the data from which all of it is made", async () => {
  const data = await dataOf(TWO);
  const { page, document } = await open(data);
  const json = document.getElementById("calibration-report")!.textContent;
  const embedded = JSON.parse(json);
  assert.deepEqual(embedded, data, "JSON has every value");
  assert.equal(await calibrationReport(embedded), page);
});

Deno.test("calibrationReport() starts with a sentence per model", async () => {
  const data = await dataOf(TWO);
  const { document, texts } = await open(data);
  const [first, second] = data.sets[0].models;
  assert.deepEqual(texts(".verdict"), [
    `net: ${first.conclusion}`,
    `flat: ${second.conclusion}`,
  ]);
  assert.match(first.conclusion, /overconfident.*T = 1\.\d\d removes \d\d %/);
  assert.match(second.conclusion, / underconfident/);
  const [heading, next] = document.querySelectorAll("main > *");
  assert.equal(heading.textContent, "Calibration of net and flat");
  assert.equal(next.className, "text verdict");
});

Deno.test("calibrationReport() has every metric and difference, with the data's numbers", async () => {
  const data = await dataOf(TWO);
  const { tables } = await open(data);
  const [plain, scaled] = data.sets[0].models[1].versions;
  const cell = (caption: string, metric: string, column: number) => {
    const found = tables.filter((table) => table.caption === caption)
      .flatMap(({ rows }) => rows).find(([[title]]) => title === metric);
    return found![column];
  };
  const { ece, eceLow, eceHigh } = plain.metrics;
  const percent = (share: number | null) => (100 * share!).toFixed(2);
  assert.deepEqual(cell("Uncalibrated", "ECE, %", 2), [
    percent(ece),
    `${percent(eceLow)} to ${percent(eceHigh)}`,
  ]);
  const { brier } = scaled.metrics;
  const [value] = cell("After temperature scaling", "Brier score", 2);
  assert.equal(value, brier!.toFixed(4));
  const change = scaled.fromReference!.logLoss!;
  const [difference] = cell(
    "Difference from net, after temperature scaling",
    "Log loss",
    1,
  );
  assert.equal(
    difference,
    `${change < 0 ? "−" : "+"}${Math.abs(change).toFixed(4)} worse`,
  );
  const metrics = tables.filter(({ caption }) => caption === "Uncalibrated")
    .flatMap(({ rows }) => rows.slice(1));
  assert.equal(metrics.length, LISTED_METRICS.length);
});

Deno.test("calibrationReport() has calibrators side by side, with the problems of fits", async () => {
  const reason = "the search stopped";
  const failed: CalibratorFit = {
    ...vector,
    problems: [{ kind: "unconverged", reason }],
  };
  const data = await dataOf([
    { name: "net", logits, fits: [temperature, failed] },
  ]);
  const { tables, texts } = await open(data);
  const { rows } = tables.at(-1)!;
  assert.deepEqual(rows[0].map(([title]) => title), [
    ...["Logits", "ECE, %", "Change", "Log loss", "Change"],
    "Accuracy: change, points",
  ]);
  assert.deepEqual(rows.slice(1).map(([[title]]) => title), [
    ...["uncalibrated", "temperature scaling", "vector scaling"],
  ]);
  assert.match(rows[2][0][1], /^T = 1\.\d\d$/);
  assert.equal(rows[3][0].at(-1), "caution, see below");
  assert(texts("p").includes(`Caution, vector scaling: ${reason}.`));
  const { changes } = data.sets[0].models[0].versions[1];
  const ece = Math.abs(100 * changes!.ece!).toFixed(2);
  assert.equal(rows[2][2][0], `−${ece} better`);
  assert.deepEqual(rows[2].at(-1), ["0.00", "0.00 to 0.00"]);
});

Deno.test("calibrationReport() lays models over each other, before and after calibration", async () => {
  const { texts, document } = await open(await dataOf(TWO));
  const titles = [...document.querySelectorAll(".chart > svg")]
    .map((svg) => svg.getAttribute("aria-label"));
  assert.equal(titles.length, 6);
  assert.match(titles[0]!, /^Accuracy .*: net: ECE .* %, flat: ECE .* %$/);
  assert.match(titles[5]!, /^Errors against .*: net: AURC .* %, flat: AURC/);
  assert.deepEqual(texts("h2"), [
    ...[
      "Metrics",
      "Reliability",
      "Try other settings",
      "Risk and coverage",
      "Calibrators",
    ],
    "What the numbers are",
  ]);
});

Deno.test("calibrationReport() lays a single model's calibrators over each other", async () => {
  const fits = (["temperature", "vector", "beta", "isotonic"] as const)
    .map((by) => fitCalibrator(by, validation));
  const data = await dataOf([{ name: "net", logits, fits }]);
  const { document } = await open(data);
  const labels = [...document.querySelectorAll(".chart > svg")]
    .map((svg) => svg.getAttribute("aria-label")!.match(/ECE/g)?.length);
  // Three calibrators in the first chart and one in the second, besides none.
  assert.deepEqual(labels.slice(0, 2), [4, 2]);
  assert.equal(data.reference, null);
});

Deno.test("calibrationReport() says nothing about repair without validation rows", async () => {
  const { page, tables, texts } = await open(await dataOf(ONE));
  assert.equal(tables.length, 2);
  assert(!texts("h2").includes("Calibrators"));
  const [shown] = page.split("<script");
  assert.doesNotMatch(shown, /T = |validation/);
});

Deno.test("calibrationReport() says that there are no intervals without resamples", async () => {
  const { page, tables } = await open(await dataOf(TWO, { resamples: 0 }));
  assert.match(page, /There are no intervals, as no resamples were drawn/);
  assert.doesNotMatch(page, /The band is/);
  const cells = tables.slice(0, 3).flatMap(({ rows }) => rows.slice(1).flat());
  assert(cells.every((lines) => lines.length === 1));
});

Deno.test("calibrationReport() has a section for each set of rows", async () => {
  const also = [{
    ...{ name: "shifted", labels: labels.slice(0, 50) },
    logits: asLogits({
      data: logits.data.slice(0, 50 * logits.columns),
      rows: 50,
      columns: logits.columns,
    }),
  }];
  const data = await dataOf(TWO, { also });
  const { document, texts } = await open(data);
  assert.deepEqual(texts("h2"), [
    ...["Test rows", "shifted", "What the numbers are"],
  ]);
  assert.equal(texts("h3").length, 10);
  assert.equal(texts(".verdict").length, 4);
  assert.equal([...document.querySelectorAll(".chart")].length, 12);
  assert.match(texts("p").join("\n"), /\n50 rows of 4 classes/);
});

Deno.test("calibrationReport() is self-contained, and escapes names everywhere", async () => {
  const name = `${EVIL}<!--<img src="https://example.org/x.png">`;
  const models = [{ ...ONE[0], name }, TWO[1]].map((model) => (
    { ...model, fits: [] }
  ));
  const remarks = ["All test rows have label 3", "<P>.npy is odd"];
  const data = await dataOf(models, { remarks });
  const { page, document, texts } = await open(data);
  const [shown] = page.split("<script");
  assert.deepEqual(externalAddresses(shown), []);
  // The data and the page's own script.
  assert.equal([...document.querySelectorAll("script")].length, 2);
  assert.equal([...document.querySelectorAll("img")].length, 0);
  assert.equal(page.match(/<\/script>/g)?.length, 2);
  assert.deepEqual(texts(".remarks li"), remarks);
  assert(texts(".verdict")[0].startsWith(`${name}: `));
  const json = document.getElementById("calibration-report")!.textContent;
  assert.equal(JSON.parse(json).sets[0].models[0].name, name);
});
