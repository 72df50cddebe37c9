import assert from "node:assert/strict";
import { join } from "node:path";
import { writeNpy } from "../../lib/files/npy.ts";
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
    const text = modelText("dense/bias");
    await Deno.writeTextFile(join(folder, "model/model.json"), text);
    files["model/model.json"] = sha256(text);
    await assert.rejects(readRunModel(run), damaged("weights.bin"));
  }));

Deno.test("each file of a run is opened once, and what was compared is what is used", () =>
  inFolder(async (root) => {
    const folder = join(root, "a:b");
    const contents = {
      "history.jsonl": JSON.stringify(EPOCH),
      "model/model.json": modelText("dense/bias"),
      "model/weights.bin": new Uint8Array(Float32Array.of(1, 2).buffer),
    };
    await Deno.mkdir(join(folder, "model"), { recursive: true });
    const data = Int32Array.of(3, 5);
    await writeNpy(join(folder, "labels-val.npy"), { data, shape: [2] });
    for (const [name, content] of Object.entries(contents)) {
      await Deno.writeFile(join(folder, name), bytesOf(content));
    }
    const names = [...Object.keys(contents), "labels-val.npy"];
    const files = Object.fromEntries(
      names.map((
        name,
      ) => [name, sha256(Deno.readFileSync(join(folder, name)))]),
    );
    const run = { folder, record: { files } };
    using opened = emptiedWhenRead();
    assert.deepEqual(await readRunLabels(run, "val"), data);
    assert.deepEqual(await readRunHistory(run), [EPOCH]);
    const { keys, bytes } = await readRunModel(run);
    assert.deepEqual(JSON.stringify(keys), contents["model/model.json"]);
    assert.deepEqual(bytes, contents["model/weights.bin"]);
    assert.deepEqual(
      opened.paths.toSorted(),
      names.map((name) => join(folder, name)).sort(),
    );
  }));

const EPOCH = {
  epoch: 1,
  learningRate: 0.1,
  trainLoss: 0.9,
  validationLoss: 1.1,
  validationAccuracy: 0.6,
  seconds: 20,
  imagesPerSecond: 2500,
};

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
}

/** The `model.json` of a network with one weight of two numbers. */
function modelText(name: string): string {
  const layer = { config: { batch_input_shape: [null, 1, 1, 1] } };
  return JSON.stringify({
    modelTopology: { config: { layers: [layer] } },
    weightsManifest: [{
      paths: ["weights.bin"],
      weights: [{ name, shape: [2], dtype: "float32" }],
    }],
  });
}

/** Empties every file that is read, as soon as it was read, until the end of the block. */
function emptiedWhenRead(): Disposable & { readonly paths: string[] } {
  const { readFile, readTextFile } = Deno;
  const paths: string[] = [];
  const once =
    <Content>(read: (path: string) => Promise<Content>) =>
    async (path: string) => {
      const content = await read(path);
      paths.push(path);
      Deno.writeFileSync(path, new Uint8Array());
      return content;
    };
  Object.assign(Deno, {
    readFile: once(readFile),
    readTextFile: once(readTextFile),
  });
  const before = { readFile, readTextFile };
  return { paths, [Symbol.dispose]: () => void Object.assign(Deno, before) };
}
