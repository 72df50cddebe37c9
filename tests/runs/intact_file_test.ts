import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256 } from "../../lib/files/sha256.ts";
import { readRunModel } from "../../lib/runs/model_files.ts";
import {
  readRunHistory,
  readRunIndices,
  readRunLabels,
  readRunLogits,
} from "../../lib/runs/store.ts";
import { inFolder } from "../cli/program.ts";
import { fakeRun, STUDY, writeRuns } from "./fake_runs.ts";

Deno.test("a run's logits and labels are read only if they have their hashes", () =>
  inFolder(async (root) => {
    const [name] = await writeRuns(root, [fakeRun(STUDY)]);
    const folder = join(root, name);
    const hashOf = (file: string) =>
      sha256(Deno.readFileSync(join(folder, file)));
    const names = ["logits-val.npy", "labels-val.npy"];
    const files = Object.fromEntries(names.map((file) => [file, hashOf(file)]));
    const run = { folder, record: { files } };
    assert.equal((await readRunLogits(run, "val")).rows, 3);
    assert.equal((await readRunLabels(run, "val")).length, 3);
    for (const file of names) {
      const bytes = await Deno.readFile(join(folder, file));
      bytes[bytes.length - 4] ^= 1;
      await Deno.writeFile(join(folder, file), bytes);
    }
    const damaged = (file: string) => ({
      name: "BadInput",
      message:
        `Cannot use ${join(folder, file)} as it is damaged: its SHA-256 ` +
        "is not that in run.json",
    });
    await assert.rejects(readRunLogits(run, "val"), damaged(names[0]));
    await assert.rejects(readRunLabels(run, "val"), damaged(names[1]));
    // Without its record, and from older versions, nothing is compared.
    assert.equal((await readRunLogits({ folder }, "val")).rows, 3);
    assert.equal((await readRunLogits(run, "test")).rows, 3);
  }));

Deno.test("a run's indices, history and network are compared with their hashes", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(join(folder, "model"));
    const names = [
      ...["indices-val.npy", "history.jsonl"],
      ...["model/model.json", "model/weights.bin"],
    ];
    for (const name of names) {
      await Deno.writeTextFile(join(folder, name), "{}");
    }
    const files = Object.fromEntries(names.map((name) => [name, sha256("")]));
    const run = { folder, record: { files } };
    const damaged = (name: string) => ({
      message: new RegExp(`${name} as it is damaged: `),
    });
    await assert.rejects(
      readRunIndices(run, "val"),
      damaged("indices-val.npy"),
    );
    await assert.rejects(readRunHistory(run), damaged("history.jsonl"));
    await assert.rejects(readRunModel(run), damaged("model.json"));
    files["model/model.json"] = sha256("{}");
    await assert.rejects(readRunModel(run), damaged("weights.bin"));
  }));
