import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import { fixedNumbers } from "../../lib/synthetic/study_numbers.ts";
import {
  EXPERIMENTS,
  syntheticSpec,
  type TableSpec,
} from "../../lib/synthetic/spec.ts";
import { openSyntheticStore } from "../../lib/synthetic/store.ts";
import { inFolder, listing } from "../cli/program.ts";
import { recordOf, tableRecord } from "./records.ts";

const SPEC = syntheticSpec();
const RECORD = tableRecord(7, [{ method: "ce" }, { accuracySparse: null }]);

const namesIn = (folder: string) =>
  Object.keys(listing(folder)).map((path) => basename(path)).sort();

Deno.test("a store returns the records written to it, and so does one opened later", () =>
  inFolder(async (root) => {
    const store = await openSyntheticStore(SPEC, { root });
    assert.equal(await store.read(7), undefined);
    await store.write(RECORD);
    await store.write(tableRecord(123, []));
    assert.deepEqual(await store.read(7), RECORD);
    const later = await openSyntheticStore(SPEC, { root });
    assert.equal(later.folder, store.folder);
    assert.deepEqual(await later.read(7), RECORD);
    assert.equal(await later.read(8), undefined);
    assert.deepEqual(namesIn(store.folder), [
      "dataset-007.json",
      "dataset-123.json",
      "spec.json",
    ]);
    const kept = Deno.readTextFileSync(join(store.folder, "spec.json"));
    assert.deepEqual(JSON.parse(kept), { ...SPEC, fixed: fixedNumbers(SPEC) });
  }));

Deno.test("a store leaves nothing on disk before the first record", () =>
  inFolder(async (root) => {
    const store = await openSyntheticStore(SPEC, { root });
    await store.read(0);
    const named = join(root, "some", "where");
    await openSyntheticStore(SPEC, { root, folder: named });
    assert.deepEqual(listing(root), {});
  }));

Deno.test("each spec has its own folder, named after its settings", () =>
  inFolder(async (root) => {
    const changes = [
      {},
      { batchSize: null },
      { seed: 2 },
      { experiment: "fig-11" as const },
      { hiddenLayers: 1 },
      { methods: ["ce" as const] },
    ];
    const names = await Promise.all(changes.map(async (change) => {
      const spec = syntheticSpec(change as Partial<TableSpec>);
      const { folder } = await openSyntheticStore(spec, { root });
      return basename(folder);
    }));
    assert.equal(new Set(names).size, changes.length);
    assert.match(names[0], /^synthetic-table-v-b32-s1-[0-9a-f]{10}$/);
    assert.match(names[1], /^synthetic-table-v-full-s1-/);
    assert.match(names[2], /^synthetic-table-v-b32-s2-/);
    assert.match(names[3], /^synthetic-fig-11-b32-s1-/);
  }));

async function refused(root: string, folder: string, message: RegExp) {
  const before = listing(root);
  await assert.rejects(
    openSyntheticStore(SPEC, { root, folder }),
    (error) => {
      assert(error instanceof BadInput);
      assert.match(error.message, message);
      return true;
    },
  );
  assert.deepEqual(listing(root), before);
}

Deno.test("a store refuses another spec's folder, a folder with other files, and a file", () =>
  inFolder(async (root) => {
    const other = join(root, "other");
    const spec = syntheticSpec({ seed: 2 });
    const store = await openSyntheticStore(spec, { root, folder: other });
    await store.write(RECORD);
    await refused(
      root,
      other,
      /other: it contains data sets of other settings/,
    );
    const foreign = join(root, "foreign");
    Deno.mkdirSync(foreign);
    Deno.writeTextFileSync(join(foreign, "notes.txt"), "mine");
    await refused(
      root,
      foreign,
      /foreign as it must be new, empty .*: it contains notes\.txt$/,
    );
    const file = join(foreign, "notes.txt");
    await refused(root, file, /notes\.txt as it is not a folder$/);
  }));

Deno.test("a store accepts an empty folder, and one with a half-written spec", () =>
  inFolder(async (root) => {
    for (const names of [[], ["spec.json.partial-123-abc"]]) {
      const folder = join(root, `holds-${names.length}`);
      Deno.mkdirSync(folder);
      for (const name of names) {
        Deno.writeTextFileSync(join(folder, name), "{");
      }
      const store = await openSyntheticStore(SPEC, { root, folder });
      await store.write(RECORD);
      assert.equal(store.folder, folder);
      assert.deepEqual(await store.read(7), RECORD);
    }
  }));

Deno.test("a store returns the records of every experiment", () =>
  inFolder(async (root) => {
    for (const experiment of EXPERIMENTS) {
      const spec = syntheticSpec({ experiment });
      const store = await openSyntheticStore(spec, { root });
      const record = recordOf(experiment, 3);
      await store.write(record);
      const found = await store.read(3);
      // Key order matters: tables and pages follow it.
      assert.equal(JSON.stringify(found), JSON.stringify(record));
    }
  }));

Deno.test("a store names what is wrong with a record", () => {
  const row = RECORD.result.rows[0];
  const result = { ...RECORD.result, rows: [row, { ...row, ece: "x" }] };
  const cases: [text: string, fault: string][] = [
    ["", "it is empty"],
    [JSON.stringify(RECORD).slice(0, 300), "it is cut short"],
    ["<html>", "it is not JSON"],
    ["[]", "it must be an object: found a list"],
    ['{"id":"another program"}', "dataset is missing: it must be a number"],
    [JSON.stringify({ ...RECORD, dataset: 8 }), "dataset must be 7: found 8"],
    [
      JSON.stringify({ ...RECORD, result }),
      'result.rows[1].ece must be a number: found "x"',
    ],
    [
      JSON.stringify({ ...recordOf("fig-11", 7) }),
      "result.rows is missing: it must be a list",
    ],
  ];
  return inFolder(async (root) => {
    const store = await openSyntheticStore(SPEC, { root });
    await store.write(RECORD);
    const path = join(store.folder, "dataset-007.json");
    for (const [text, fault] of cases) {
      await Deno.writeTextFile(path, text);
      await assert.rejects(store.read(7), new BadInput(`${path}: ${fault}`));
    }
  });
});
