import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { decodeNpyHeader } from "../../lib/files/npy_header.ts";
import { readLogits, readNpy } from "../../lib/files/npy.ts";
import { readLabels } from "../../lib/files/read_labels.ts";
import { stream } from "../../lib/random.ts";
import { fixture, npyBytes, withFile } from "./npy_samples.ts";

const decode = (bytes: Uint8Array) => decodeNpyHeader(bytes, "a.npy");

const SAME_HEADER = {
  "as numpy writes it":
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }    \n",
  "keys in another order":
    "{'shape': (3, 4), 'fortran_order': False, 'descr': '<f4'}",
  "double quotes, no spaces":
    `{"descr":"<f4","fortran_order":False,"shape":(3,4)}`,
  "spaces and lines between":
    "\n{ 'descr' :\t'<f4' ,\n 'fortran_order': False, 'shape': ( 3 , 4 , ) }",
  "long numbers of Python 2":
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3L, 4L)}",
};

for (const [how, header] of Object.entries(SAME_HEADER)) {
  Deno.test(`decodeNpyHeader() reads a header with ${how}`, () => {
    assert.deepEqual(decode(npyBytes({ header })), {
      header: { dtype: "<f4", fortranOrder: false, shape: [3, 4] },
      dataStart: 10 + header.length,
    });
  });
}

const DAMAGED: readonly [string, string][] = [
  ["", "it ends too early"],
  ["[1, 2]", "it must be a dictionary"],
  ["{'descr': '<f4'", ", is missing"],
  ["{'descr': '<f4'} }", "there is text after the end"],
  ["{'descr' '<f4'}", ": is missing"],
  ["{'descr': '<f4', 'descr': '<f8'}", "keys must be different strings"],
  ["{3: '<f4'}", "keys must be different strings"],
  ["{'descr': open('x')}", "it is not a Python literal at position 9"],
  ["{'descr': 1.5}", "it is not a Python literal at position 9"],
  ["{'descr': ,}", "unexpected ,"],
  ["(".repeat(60_000), "too many brackets"],
  [
    "{'descr': '<f4', 'fortran_order': False}",
    "it must contain only descr, fortran_order and shape",
  ],
  [
    "{'descr': '<f4', 'fortran_order': 0, 'shape': (3,)}",
    "it must contain only descr, fortran_order and shape",
  ],
  [
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'more': 1}",
    "it must contain only descr, fortran_order and shape",
  ],
  ...["(3)", "(-3,)", "(True,)", "[3]", "'3'", "(99999999999999999,)"].map(
    (shape): [string, string] => [
      `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}}`,
      "its shape must be a tuple of whole numbers",
    ],
  ),
];

for (const [header, reason] of DAMAGED) {
  const shown = header.length > 70 ? `${header.slice(0, 9)}…` : header;
  Deno.test(`decodeNpyHeader() refuses the header "${shown}"`, () => {
    assert.throws(
      () => decode(npyBytes({ header })),
      new BadInput(`Cannot read a.npy: its header is damaged, ${reason}`),
    );
  });
}

Deno.test("decodeNpyHeader() refuses bytes that are not a NumPy header", () => {
  const refuse = (bytes: number[], reason: string) =>
    assert.throws(
      () => decode(Uint8Array.from(bytes)),
      new BadInput(`Cannot read a.npy: ${reason}`),
    );
  const magic = [0x93, ...new TextEncoder().encode("NUMPY")];
  refuse([], "it is empty");
  refuse([1, 2, 3], "it is not a .npy file");
  refuse(magic.slice(0, 5), "it is not a .npy file");
  refuse(magic, "its header is cut short");
  refuse([...magic, 1, 0, 5], "its header is cut short");
  refuse([...magic, 1, 0, 5, 0, 32], "its header is cut short");
  refuse([...magic, 2, 0, 5, 0, 0], "its header is cut short");
  refuse(
    [...magic, 4, 0, 0, 0],
    "its format is version 4.0 but must be 1.0, 2.0 or 3.0",
  );
  refuse(
    [...magic, 1, 7, 0, 0],
    "its format is version 1.7 but must be 1.0, 2.0 or 3.0",
  );
});

Deno.test("a type with a line break is shown in one line", async () => {
  const header = "{'descr': '<f\n4', 'fortran_order': False, 'shape': (3,)}";
  await withFile(npyBytes({ header }), async (path) => {
    await assert.rejects(
      readNpy(path),
      new BadInput(
        `Cannot read ${path}: its type is "<f\\n4" but must be float16, ` +
          "float32, float64, bool or whole numbers",
      ),
    );
  });
});

Deno.test("decodeNpyHeader() refuses a header of megabytes", () => {
  assert.throws(
    () =>
      decode(npyBytes({ header: " ".repeat(2 ** 20 + 1), version: [2, 0] })),
    /^BadInput: .*its header is damaged, it is 1048577 bytes long$/,
  );
});

/** Pieces that are inserted into a header to damage it. */
const PIECES = [
  ..."{}()[],:'\"\\ \n\t\0-+L.e0123456789TFN<>|=fiucOUSVbM",
  "True",
  "False",
  "None",
  "'shape'",
  "'descr'",
  "1e9",
  "(((((((((",
];

Deno.test("a damaged file is read or refused as BadInput, without other errors", async () => {
  const originals = await Promise.all(
    ["logits_f4", "logits_big_f8", "logits_version_3", "labels_i8"]
      .map((name) => Deno.readFile(fixture(name))),
  );
  const outcomes = { read: 0, refused: 0 };
  for (let round = 0; round < 1000; round++) {
    const bytes = damage(originals[round % originals.length], round);
    await withFile(bytes, async (path) => {
      for (const read of [readLogits, readLabels]) {
        try {
          await read(path);
          outcomes.read++;
        } catch (error) {
          assert(error instanceof BadInput, `round ${round}: ${error}`);
          assert.match(error.message, /^Cannot read .+: .+$/);
          outcomes.refused++;
        }
      }
    });
  }
  // Both outcomes must occur.
  assert(outcomes.read > 50 && outcomes.refused > 1000);
});

/** One to three changes, mostly in the header: replace, delete, insert, truncate. */
function damage(original: Uint8Array, round: number): Uint8Array {
  const random = stream(round, "damaged npy");
  let bytes = [...original];
  for (let change = random.integer(3); change >= 0; change--) {
    const at = random.integer(random.integer(8) === 0 ? bytes.length : 80);
    const piece = new TextEncoder().encode(
      PIECES[random.integer(PIECES.length)],
    );
    const kind = random.integer(5);
    if (kind === 0) bytes[at] = random.integer(256);
    else if (kind === 1) bytes.splice(at, 1 + random.integer(4));
    else if (kind === 2) bytes.splice(at, 0, ...piece);
    else if (kind === 3) bytes.splice(at, piece.length, ...piece);
    else if (random.integer(4) === 0) bytes = bytes.slice(0, at);
  }
  return Uint8Array.from(bytes);
}
