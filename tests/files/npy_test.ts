import assert from "node:assert/strict";
import { join } from "node:path";
import { BadInput } from "../../lib/bad_input.ts";
import { readLogits, readNpy, writeNpy } from "../../lib/files/npy.ts";
import { readLabels } from "../../lib/files/read_labels.ts";
import type { NpyArray } from "../../lib/files/npy_types.ts";
import { fixture, npyBytes, withFile } from "./npy_samples.ts";

const LOGITS = [
  -1,
  -0.75,
  -0.5,
  -0.25,
  0,
  0.25,
  0.5,
  0.75,
  1,
  1.25,
  1.5,
  1.75,
];

const SINGLE = [
  ...["logits_f4", "logits_big_f4", "logits_version_2", "logits_version_3"],
  ...["logits_f2", "fortran_f4", "fortran_f2"],
];
for (const name of SINGLE) {
  Deno.test(`readLogits() reads numpy's ${name} as Float32`, async () => {
    assert.deepEqual(await readLogits(fixture(name)), {
      data: Float32Array.from(LOGITS),
      rows: 3,
      columns: 4,
    });
  });
}

for (const name of ["logits_f8", "logits_big_f8", "fortran_big_f8"]) {
  Deno.test(`readLogits() reads numpy's ${name} as Float64`, async () => {
    assert.deepEqual(await readLogits(fixture(name)), {
      data: Float64Array.from(LOGITS),
      rows: 3,
      columns: 4,
    });
  });
}

const LABEL_TYPES = [
  ..."i1 i2 i4 i8 u1 u2 u4 u8 big_i4 big_i8 f4".split(" "),
  ..."column one_hot text bytes".split(" "),
];
for (const name of LABEL_TYPES) {
  Deno.test(`readLabels() reads numpy's ${name} as Int32`, async () => {
    const labels = await readLabels(fixture(`labels_${name}`), { classes: 4 });
    assert.deepEqual(labels, Int32Array.of(3, 0, 2));
  });
}

Deno.test("readLabels() reads numpy's bool as 0 and 1", async () => {
  const labels = await readLabels(fixture("labels_bool"), { classes: 2 });
  assert.deepEqual(labels, Int32Array.of(1, 0, 1));
});

Deno.test("readNpy() reads bool as whole numbers other than bytes", async () => {
  // Bytes would be treated as pixels in 0 to 255.
  const { data } = await readNpy(fixture("labels_bool"));
  assert.deepEqual(data, Int8Array.of(1, 0, 1));
});

Deno.test("readNpy() reads float16 as numpy converts it to float32", async () => {
  const { data, shape } = await readNpy(fixture("halves_as_f4"));
  for (const name of ["halves", "halves_big"]) {
    const halves = await readNpy(fixture(name));
    assert.deepEqual(halves, { data, shape });
    assert(Object.is(halves.data[4], -0), "the sign of zero");
  }
});

Deno.test("readNpy() reads bfloat16, which numpy takes for two bytes, as float32", async () => {
  const { data, shape } = await readNpy(fixture("brains_as_f4"));
  for (const name of ["brains", "brains_fortran"]) {
    assert.deepEqual(await readNpy(fixture(name)), { data, shape });
  }
});

Deno.test("readNpy() converts three axes from Fortran order to C order", async () => {
  assert.deepEqual(
    await readNpy(fixture("cube_fortran")),
    await readNpy(fixture("cube")),
  );
});

Deno.test("readLabels() accepts Fortran order for one dimension", async () => {
  const bytes = npyBytes({
    header: "{'descr':'|u1','fortran_order':True,'shape':(3,)}",
    data: Uint8Array.of(3, 0, 2),
  });
  await withFile(bytes, async (path) => {
    assert.deepEqual(await readLabels(path), Int32Array.of(3, 0, 2));
  });
});

Deno.test("readNpy() reads numbers that start at an odd byte", async () => {
  const header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2,)} \n";
  const data = new Uint8Array(Float64Array.of(0.1, -2).buffer);
  assert.equal((10 + header.length) % 2, 1);
  await withFile(npyBytes({ header, data }), async (path) => {
    const array = await readNpy(path);
    assert.deepEqual(array, { data: Float64Array.of(0.1, -2), shape: [2] });
  });
});

Deno.test("writeNpy() writes the bytes that numpy writes", async () => {
  const arrays: Record<string, NpyArray> = {
    logits_f4: { data: Float32Array.from(LOGITS), shape: [3, 4] },
    logits_f8: { data: Float64Array.from(LOGITS), shape: [3, 4] },
    labels_i1: { data: Int8Array.of(3, 0, 2), shape: [3] },
    labels_i2: { data: Int16Array.of(3, 0, 2), shape: [3] },
    labels_i4: { data: Int32Array.of(3, 0, 2), shape: [3] },
    labels_i8: { data: BigInt64Array.of(3n, 0n, 2n), shape: [3] },
    labels_u1: { data: Uint8Array.of(3, 0, 2), shape: [3] },
    labels_u2: { data: Uint16Array.of(3, 0, 2), shape: [3] },
    labels_u4: { data: Uint32Array.of(3, 0, 2), shape: [3] },
    labels_u8: { data: BigUint64Array.of(3n, 0n, 2n), shape: [3] },
  };
  for (const [name, array] of Object.entries(arrays)) {
    await withFile(new Uint8Array(), async (path) => {
      await writeNpy(path, array);
      assert.deepEqual(
        await Deno.readFile(path),
        await Deno.readFile(fixture(name)),
        name,
      );
    });
  }
});

Deno.test("writeNpy() writes only the array's part of a buffer", async () => {
  const part = Float32Array.of(1, 2, 3, 4).subarray(1, 3);
  await withFile(new Uint8Array(), async (path) => {
    await writeNpy(path, { data: part, shape: [2, 1] });
    const { data, shape } = await readNpy(path);
    assert.deepEqual([...data as Float32Array, ...shape], [2, 3, 2, 1]);
  });
});

Deno.test("writeNpy() refuses a shape for another count and writes nothing", async () => {
  const folder = await Deno.makeTempDir();
  await assert.rejects(
    writeNpy(join(folder, "a.npy"), { data: new Int8Array(3), shape: [2, 2] }),
    /^BadInput: Cannot write .*a.npy: there are 3 numbers for the shape \(2, 2\)$/,
  );
  assert.deepEqual([...Deno.readDirSync(folder)], []);
  await Deno.remove(folder);
});

type Reader = (path: string) => Promise<unknown>;
const labels: Reader = (path) => readLabels(path, { classes: 4 });

const REFUSED: readonly [string, Reader, string][] = [
  [
    "object",
    labels,
    "its type is object (|O) but must be float16, float32, float64, bool or whole numbers",
  ],
  [
    "complex",
    readLogits,
    "its type is complex (<c8) but must be float16, float32, float64, bool or whole numbers",
  ],
  [
    "date",
    labels,
    "its type is a date (<M8[D]) but must be float16, float32, float64, bool or whole numbers",
  ],
  [
    "record",
    labels,
    "its type is a record of fields but must be float16, float32, float64, bool or whole numbers",
  ],
  [
    "scalar",
    labels,
    "its shape is () but must be (rows,) or (rows, 1) with at least 1 row",
  ],
  [
    "three_dimensions",
    readLogits,
    "its shape is (2, 3, 4) but must be (rows, classes) with at least 1 row and 2 classes",
  ],
  [
    "no_rows",
    readLogits,
    "its shape is (0, 4) but must be (rows, classes) with at least 1 row and 2 classes",
  ],
  [
    "no_labels",
    labels,
    "its shape is (0,) but must be (rows,) or (rows, 1) with at least 1 row",
  ],
  [
    "one_class",
    readLogits,
    "its shape is (3, 1) but must be (rows, classes) with at least 1 row and 2 classes",
  ],
  [
    "two_hot",
    labels,
    "they must be class indices, or one-hot rows with a single 1: row 0 " +
    "(from 0) is neither; of distributions, give the argmax",
  ],
  ["fraction", labels, "row 0 (from 0) is 1.5 but must be a whole number"],
  [
    "counted_from_1",
    labels,
    "they are in 1 to 4 but must be in 0 to 3: they seem to count from 1, so " +
    "subtract 1",
  ],
  [
    "negative_label",
    labels,
    "row 1 (from 0) is -1 but must be in 0 to 3",
  ],
  [
    "far_label",
    labels,
    "row 1 (from 0) is 1099511627776 but must be in 0 to 3",
  ],
  ["nan", readLogits, "row 1, column 2 (from 0) is NaN but must be finite"],
  [
    "infinite",
    readLogits,
    "row 1, column 2 (from 0) is Infinity but must be finite",
  ],
  [
    "packed.npz",
    readLogits,
    'it is a damaged archive, "logits.npy" must be stored or deflated but has method 12',
  ],
];

for (const [name, read, reason] of REFUSED) {
  const path = fixture(`bad_${name}`);
  const doing = /^(row|its shape|they)/.test(reason)
    ? `${read === labels ? "labels" : "logits"} from ${path}`
    : path;
  Deno.test(`a NumPy file is refused: ${name.replace("_", " ")}`, async () => {
    await assert.rejects(
      read(path),
      { name: "BadInput", message: `Cannot read ${doing}: ${reason}` },
    );
  });
}

Deno.test("readLabels() without a number of classes accepts all values of Int32", async () => {
  await assert.rejects(
    readLabels(fixture("bad_far_label")),
    /row 1 \(from 0\) is 1099511627776 but must be in 0 to 2147483647$/,
  );
});

Deno.test("readLogits() refuses whole numbers", async () => {
  await assert.rejects(
    readLogits(fixture("labels_one_hot")),
    /its type is int32 but must be float16, float32 or float64$/,
  );
});

Deno.test("a file with a missing or an extra byte is refused", async () => {
  const complete = await Deno.readFile(fixture("logits_f4"));
  await withFile(complete.subarray(0, -1), async (path) => {
    await assert.rejects(
      readNpy(path),
      new BadInput(
        `Cannot read ${path}: it is cut short, with 47 bytes of data, but ` +
          `its shape (3, 4) of <f4 needs 48`,
      ),
    );
  });
  await withFile(new Uint8Array([...complete, 0]), async (path) => {
    await assert.rejects(
      readNpy(path),
      /: it has excess bytes, with 49 bytes of data, but .* needs 48$/,
    );
  });
});

Deno.test("a file with a huge shape is refused as cut short", async () => {
  const header = "{'descr': '<f4', 'fortran_order': False, " +
    "'shape': (9007199254740991, 9007199254740991)}";
  await withFile(npyBytes({ header }), async (path) => {
    await assert.rejects(
      readNpy(path),
      /^BadInput: .* it is cut short, with 0/,
    );
  });
});

Deno.test("a path that is not a file is refused by name", async () => {
  const folder = await Deno.makeTempDir();
  const missing = join(folder, "none.npy");
  await assert.rejects(
    readNpy(missing),
    new BadInput(`Cannot read ${missing}: there is no such file`),
  );
  await assert.rejects(
    readNpy(folder),
    new BadInput(`Cannot read ${folder}: it is a folder`),
  );
  await Deno.remove(folder);
});
