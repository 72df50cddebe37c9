import assert from "node:assert/strict";
import { methodRows } from "../../../lib/study/method_rows.ts";
import { methodTables } from "../../../lib/reports/tables/method_table.ts";
import { by, fakeRun, STUDY } from "../../runs/fake_runs.ts";

const SHORT = { ...STUDY, training: { ...STUDY.training, epochs: 3 } };

/** Two seeds of ce and ls, and one run with other settings. */
async function rows() {
  const runs = [1, 2].flatMap((seed) => [
    fakeRun(by("ce", { ...STUDY, seed }), { logLoss: 0.3 + seed / 100 }),
    fakeRun(by("ls", { ...STUDY, seed }), { logLoss: 0.2 + seed / 100 }),
  ]);
  const other = fakeRun(by("ce", SHORT), { logLoss: 0.1 });
  return await methodRows([...runs, other], { bins: 10, reference: "ce" });
}

Deno.test("methodTables() makes separate tables for different settings", async () => {
  const tables = methodTables(await rows(), ["logLoss"]);
  assert.deepEqual(
    tables.map(({ records, caption }) => [
      records.length,
      /(\d+) epochs/.exec(caption!)?.[1] ?? caption!.split(" ")[0],
    ]),
    [[4, "100"], [2, "Differences"], [2, "3"]],
  );
  const [means, differences, single] = tables.map((table) => table.markdown());
  // Scaling halves the fake loss: 0.1075 is the best of its table.
  assert.match(means, /\| ls \|.* yes \| 2 \| \*\*0\.1075 ± 0\.0035\*\* \|/);
  assert.match(differences, /\| ls − ce \| no \| log loss \| 2 \| −0\.100 \|/);
  assert.doesNotMatch(single, /0\*\*/, "a single method has no best");
});

Deno.test("methodTables() shows differences of a single seed without intervals, and says so once", async () => {
  const runs = [
    fakeRun(by("ce", STUDY), { logLoss: 0.3 }),
    fakeRun(by("ls", STUDY), { logLoss: 0.2 }),
  ];
  const one = await methodRows(runs, { bins: 10, reference: "ce" });
  const [, differences] = methodTables(one, ["logLoss"]);
  assert.match(
    differences.markdown(),
    /\| ls − ce \| no \| log loss \| −0\.100 \|$/m,
  );
  assert.doesNotMatch(differences.markdown(), /one seed, no interval/);
  assert.equal(
    differences.caption,
    "Differences of one seed; intervals need at least two",
  );
});

Deno.test("methodTables() marks the method with a single seed among others", async () => {
  const runs = [1, 2].flatMap((seed) => [
    fakeRun(by("ce", { ...STUDY, seed }), { logLoss: 0.3 }),
    fakeRun(by("ls", { ...STUDY, seed }), { logLoss: 0.2 + seed / 100 }),
  ]);
  const single = fakeRun(by("ils", { ...STUDY, seed: 1 }), { logLoss: 0.2 });
  const all = await methodRows([...runs, single], {
    bins: 10,
    reference: "ce",
  });
  const [, differences] = methodTables(all, ["logLoss"]);
  assert.match(
    differences.markdown(),
    /\| ils − ce \| no \| log loss \| 1 \| −0\.100 \| – \| – \| one seed, no int/,
  );
});
