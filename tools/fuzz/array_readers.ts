import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { labelArray } from "../../lib/files/arrays/label_array.ts";
import { labelsOf } from "../../lib/files/arrays/labels_of.ts";
import { openArrays } from "../../lib/files/arrays/open_arrays.ts";
import { pointArray } from "../../lib/files/arrays/point_array.ts";
import { scoreMatrix } from "../../lib/files/arrays/score_matrix.ts";
import type { ArrayFile } from "../../lib/files/arrays/stored_array.ts";
import { checkRefusal } from "./examine.ts";
import type { Reader } from "./reader.ts";
import { sampleFiles } from "./sample_files.ts";

/** Reads all arrays, and what commands take from them. */
async function readArrays(_: string, path: string): Promise<unknown> {
  const file = await openArrays(path);
  const refused: unknown[] = [];
  for (const array of file.arrays) {
    try {
      const { data, shape } = array.read();
      const count = shape.reduce((product, size) => product * size, 1);
      assert.equal(data.length, count, "half-read");
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      refused.push(error);
    }
  }
  for (const use of USES) {
    try {
      use(file);
    } catch (error) {
      checkRefusal(error);
    }
  }
  if (refused.length > 0) throw refused[0];
  return file;
}

const USES: readonly ((file: ArrayFile) => unknown)[] = [
  (file) => scoreMatrix(file, undefined, { binary: false, labels: undefined }),
  (file) => scoreMatrix(file, undefined, { binary: true, labels: undefined }),
  (file) => pointArray(file, undefined),
  (file) => {
    const { values, source } = labelArray(file, undefined, "labels");
    return labelsOf(values, source, { classes: 10 });
  },
];

function arrayReader(
  name: string,
  file: string,
  folders: Readonly<Record<string, RegExp>>,
): Reader {
  return {
    name,
    file,
    samples: async () => {
      const found = Object.entries(folders)
        .map(([folder, ending]) =>
          sampleFiles(`tests/fixtures/${folder}`, ending)
        );
      return (await Promise.all(found)).flat();
    },
    read: readArrays,
  };
}

/** Files of scores, labels and points. */
export const ARRAY_READERS: readonly Reader[] = [
  arrayReader("npy", "a.npy", { npy: /\.npy$/, scores: /\.npy$/ }),
  arrayReader("npz", "a.npz", { npy: /\.npz$/, scores: /\.npz$/ }),
  arrayReader("csv", "a.csv", { scores: /\.(csv|tsv|txt)$/ }),
  arrayReader("safetensors", "a.safetensors", { scores: /\.safetensors$/ }),
  arrayReader("parquet", "a.parquet", { scores: /(?<!lz4)\.parquet$/ }),
  arrayReader("mat", "a.mat", { scores: /\.mat$/, svhn: /\.mat$/ }),
];
