import assert from "node:assert/strict";
import { join } from "node:path";
import { loadDataset } from "../../../lib/data/dataset.ts";
import { readLabels } from "../../../lib/files/read_labels.ts";
import { ils, ilsJson, inFolder } from "../program.ts";

const TRAIN = "train --dataset excerpt --model mlp --limit 400 --lr 0.05 " +
  "--batch_size 20 --epochs 4 --threads 1";
const FOLDS = `${TRAIN} --method ils2 --epsilon 0.1 --teacher-folds 3`;

/** The keys of a suspect in JSON. */
interface Suspect {
  readonly sample: number;
  readonly label: string;
  readonly probability: number;
  readonly suggested: string;
  readonly suggestedProbability: number;
}

Deno.test("ils suspects finds replaced labels far above chance", () =>
  inFolder(async (cwd) => {
    const args = `${FOLDS} --label-noise even:0.2`.split(" ");
    const { id, folder } = await ilsJson(args, { cwd });
    const { top, noise, labels, suspects } = await ilsJson(
      ["suspects", id, "--top", "1000"],
      { cwd },
    );
    assert.equal(labels, 320);
    assert.equal(top.length, suspects);
    // All replaced labels, recomputed from the stored files.
    const { train, classNames } = await loadDataset("excerpt");
    const read = (name: string) => readLabels(join(cwd, folder, name));
    const [indices, own] = [
      await read("indices-train.npy"),
      await read("labels-train.npy"),
    ];
    const replaced = new Set(
      indices.filter((index, i) => own[i] !== train.labels[index]),
    );
    assert.equal(noise.replaced, replaced.size);
    const first = top.slice(0, replaced.size) as Suspect[];
    const found = first.filter(({ sample }) => replaced.has(sample)).length;
    assert.equal(noise.found, found);
    // By chance a fifth of them would be.
    assert.ok(found / replaced.size > 0.4, `${found} of ${replaced.size}`);
    const position = new Map(Array.from(indices, (index, i) => [index, i]));
    top.forEach((one: Suspect, i: number) => {
      const label = own[position.get(one.sample)!];
      assert.equal(one.label, classNames[label]);
      assert.notEqual(one.suggested, one.label);
      assert.ok(one.probability <= one.suggestedProbability);
      assert.ok(i === 0 || one.probability >= top[i - 1].probability);
    });
  }));

Deno.test("ils suspects lists the most doubted labels of clean data", () =>
  inFolder(async (cwd) => {
    const { id } = await ilsJson(FOLDS.split(" "), { cwd });
    const { code, stdout } = await ils(["suspects", id, "--top", "2"], { cwd });
    assert.equal(code, 0);
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines.length, 4);
    assert.match(lines[0], /: \d+ of 320 labels are not the most probable/);
    assert.match(lines[1], /^sample +label +probability +suggested/);
    const json = await ilsJson(["suspects", "--run", id], { cwd });
    assert.equal(json.noise, null);
    assert.equal(json.top.length, Math.min(20, json.suspects));
  }));

Deno.test("ils suspects needs a run with a cross-fitted teacher", () =>
  inFolder(async (cwd) => {
    const { id } = await ilsJson(TRAIN.split(" "), { cwd });
    const { code, stderr } = await ils(["suspects", id], { cwd });
    assert.equal(code, 2);
    assert.match(
      stderr,
      /^[^\n]*Cannot rank the labels of .*cross-fitted.*\n$/,
    );
  }));
