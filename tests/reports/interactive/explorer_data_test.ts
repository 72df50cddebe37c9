import assert from "node:assert/strict";
import { join } from "node:path";
import { logitsLogLoss } from "../../../lib/calibration/scores.ts";
import { asLogits } from "../../../lib/matrix_kinds.ts";
import { matrix } from "../../../lib/matrix.ts";
import { stream } from "../../../lib/random.ts";
import { restoreScores } from "../../../lib/reports/interactive/embedded_scores.ts";
import { explorerData } from "../../../lib/reports/interactive/explorer_data.ts";
import {
  measure,
  type Settings,
} from "../../../lib/reports/interactive/measure.ts";
import { readExplorerData } from "../../../lib/reports/interactive/read_explorer_data.ts";

/** A network on random rows; its first logit is the number of its row. */
function network(method: string, rows: number, classes: number) {
  const random = stream(1, method);
  const data = Float32Array.from(
    { length: rows * classes },
    (_, at) => at % classes === 0 ? at / classes : rows + random.normal(),
  );
  return {
    method,
    logits: asLogits(matrix(data, classes)),
    labels: Int32Array.from({ length: rows }, (_, i) => i % classes),
    temperature: 2,
  };
}

const OPTIONS = { bins: 10, seed: 1 };

Deno.test("explorerData() embeds all rows of small networks", async () => {
  const ce = network("ce", 50, 3);
  const { n, bins, models: [model] } = await explorerData([ce], OPTIONS);
  assert.deepEqual([n, bins, model.name], [50, 10, "CE"]);
  const { logits, labels } = await restoreScores(model.scores);
  assert.deepEqual(labels, ce.labels);
  const settings: Settings = {
    bins,
    norm: 1,
    binning: "equalWidth",
    temperature: 1,
    threshold: 0,
  };
  const scaled = measure(logits, labels, settings, model.fits[0]).logLoss;
  const expected = logitsLogLoss(ce.logits, ce.labels, 2);
  assert.equal(scaled.toFixed(4), expected.toFixed(4));
});

Deno.test("explorerData() embeds the same sample of large networks", async () => {
  const networks = [network("ce", 30_000, 4), network("ls", 30_000, 4)];
  const { n, models } = await explorerData(networks, OPTIONS);
  assert.equal(n, 30_000);
  const [ce, ls] = models.map(({ scores }) => scores);
  assert.equal(ce.rows, 20_000);
  assert.equal(ce.labels, ls.labels);
  const again = await explorerData(networks, OPTIONS);
  assert.deepEqual(again.models[0].scores, ce);
  const other = await explorerData(networks, { ...OPTIONS, seed: 2 });
  assert.notEqual(other.models[0].scores.labels, ce.labels);
});

Deno.test("readExplorerData() reads what was saved, and names damage", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "04-explorer.json");
    assert.equal(await readExplorerData(path), undefined);
    const data = await explorerData([network("ilsq", 20, 3)], OPTIONS);
    await Deno.writeTextFile(path, JSON.stringify(data));
    assert.deepEqual(await readExplorerData(path), data);
    const damaged = { ...data, models: [] };
    await Deno.writeTextFile(path, JSON.stringify(damaged));
    await assert.rejects(readExplorerData(path), /04-explorer\.json.*models/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
