import assert from "node:assert/strict";
import { join } from "node:path";
import { parseArrayPath } from "../../../lib/files/array_path.ts";
import { openArrays } from "../../../lib/files/arrays/open_arrays.ts";
import { stream } from "../../../lib/random.ts";
import { inFolder } from "../../cli/program.ts";
import { scores } from "../../cli/inputs/scores.ts";

const FOREIGN: readonly [string, Uint8Array | string, RegExp][] = [
  [
    "x.npy",
    "version https://git-lfs.github.com/spec/v1\n",
    /it is a pointer of Git LFS; fetch the file itself with git lfs pull$/,
  ],
  ["x.pt", "PK\x03\x04", /it is a file of PyTorch; save it with numpy\.save/],
  ["x.pkl", "", /it is a pickle of Python; /],
  ["x.npy", Uint8Array.of(0x80, 4, 0x95), /it is a pickle of Python; /],
  [
    "x.dat",
    "MATLAB 7.3 MAT-file",
    /it has version 7\.3, which is HDF5; save it with -v7$/,
  ],
  ["x.dat", Uint8Array.of(0x89, 0x48, 0x44, 0x46), /it is an HDF5 file; /],
  [
    "x.csv",
    Uint8Array.of(0x1f, 0x8b, 8),
    /it is a compressed file; unpack it first$/,
  ],
  ["x.xlsx", "PK\x03\x04", /it is a spreadsheet; save it as \.csv$/],
  ["x.json", "[]", /it is a JSON file; /],
  [
    "x.arrow",
    "ARROW1",
    /it is an Arrow or Feather file; save it as \.parquet$/,
  ],
  [
    "x.bmp",
    Uint8Array.of(0x42, 0x4d, 0, 0),
    /it must be one of \.npy, \.npz, \.safetensors, \.parquet, \.csv, \.tsv, \.txt, \.mat$/,
  ],
  [
    "x.csv",
    Uint8Array.of(0x61, 0, 0x0a, 0),
    /it must be text in UTF-8, or in UTF-16 with a byte order mark$/,
  ],
  ["x.npy", "", /it is empty$/],
];
for (const [name, content, message] of FOREIGN) {
  Deno.test(`openArrays() refuses ${name} with ${JSON.stringify(content).slice(0, 30)}`, () =>
    inFolder(async (folder) => {
      const path = join(folder, name);
      const bytes = typeof content === "string"
        ? new TextEncoder().encode(content)
        : content;
      await Deno.writeFile(path, bytes);
      await assert.rejects(openArrays(path), (error: Error) => {
        assert.equal(error.name, "BadInput");
        assert.match(error.message, message);
        assert(error.message.startsWith(`Cannot read ${path}: `));
        return true;
      });
    }));
}

Deno.test("openArrays() recognises files by content, whatever they are called", () =>
  inFolder(async (folder) => {
    for (
      const name of ["logits.npy", "both.npz", "snappy.parquet", "table.csv"]
    ) {
      const path = join(folder, "content");
      await Deno.copyFile(scores(name), path);
      const keysOf = async (path: string) =>
        (await openArrays(path)).arrays.map(({ key }) => key);
      assert.deepEqual(await keysOf(path), await keysOf(scores(name)));
    }
  }));

Deno.test("damaged files are refused as BadInput, or read", async () => {
  const random = stream(11, "damage");
  const names = [
    "both.npz",
    "bf16.safetensors",
    "zstd.parquet",
    "plain.mat",
    "lists.parquet",
    "table.csv",
  ];
  await inFolder(async (folder) => {
    for (const name of names) {
      const complete = await Deno.readFile(scores(name));
      for (let round = 0; round < 60; round++) {
        const bytes = complete.slice(
          0,
          round % 2 === 0 ? complete.length : random.integer(complete.length),
        );
        for (let k = 0; k < 3 && bytes.length > 0; k++) {
          bytes[random.integer(bytes.length)] = random.integer(256);
        }
        const path = join(folder, name);
        await Deno.writeFile(path, bytes);
        try {
          for (const array of (await openArrays(path)).arrays) array.read();
        } catch (error) {
          assert.equal((error as Error).name, "BadInput", `${name}: ${error}`);
        }
      }
    }
  });
});

Deno.test("parseArrayPath() splits keys off archives and tables only", () => {
  const parts: [string, string, string | undefined][] = [
    ["a.npz:b", "a.npz", "b"],
    ["a.csv:p 1", "a.csv", "p 1"],
    ["a.CSV:0..9", "a.CSV", "0..9"],
    ["x:y/a.parquet:b:c", "x:y/a.parquet", "b:c"],
    ["a.npy:b", "a.npy:b", undefined],
    ["a.npz", "a.npz", undefined],
    ["a.npz:", "a.npz:", undefined],
  ];
  for (const [path, file, key] of parts) {
    assert.deepEqual(parseArrayPath(path), { file, key });
  }
});
