/** Probabilities in types of 16 bits. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { writeNpy } from "../../../lib/files/npy.ts";
import {
  bfloat16,
  roundedLogarithms,
  roundedProbabilities,
} from "../../logits/rounded_rows.ts";
import { inFolder } from "../program.ts";
import { load, refusal } from "./scores.ts";

const CLASSES = 10;
const ROWS = 200;

/** Writes numbers of bfloat16 as one array of a safetensors file. */
async function writeBfloat16(path: string, data: Float32Array) {
  const words = new Uint32Array(data.slice().buffer);
  const values = Uint16Array.from(words, (word) => word >>> 16);
  const header = new TextEncoder().encode(JSON.stringify({
    scores: {
      dtype: "BF16",
      shape: [ROWS, CLASSES],
      data_offsets: [0, values.byteLength],
    },
  }));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, header.length, true);
  const parts = [length, header, new Uint8Array(values.buffer)];
  await Deno.writeFile(path, new Uint8Array(await new Blob(parts).bytes()));
}

for (
  const [flag, { data }] of [
    ["--probabilities", roundedProbabilities(CLASSES, bfloat16)],
    ["--log-probabilities", roundedLogarithms(CLASSES, bfloat16)],
  ] as const
) {
  Deno.test(`${flag} takes bfloat16, also after a conversion to float32`, () =>
    inFolder(async (folder) => {
      const at = (name: string) => join(folder, name);
      const labels = Int32Array.from({ length: ROWS }, (_, i) => i % CLASSES);
      await writeNpy(at("y.npy"), { data: labels, shape: [ROWS] });
      await writeBfloat16(at("a.safetensors"), data);
      await writeNpy(at("b.npy"), { data, shape: [ROWS, CLASSES] });
      const files = `${at("a.safetensors")},${at("b.npy")}`;
      const flags = ["--labels", at("y.npy"), flag];
      const { models: [a, b] } = await load(["--logits", files, ...flags]);
      assert.deepEqual(a.logits, b.logits);
      // One number of float32 says that the others are not rounded to 16 bits.
      const finer = data.with(0, data[0] * (1 + 2 ** -20));
      await writeNpy(at("c.npy"), { data: finer, shape: [ROWS, CLASSES] });
      assert.match(
        await refusal(["--logits", at("c.npy"), ...flags]),
        /must sum to 1 within 0\.001/,
      );
    }));
}
