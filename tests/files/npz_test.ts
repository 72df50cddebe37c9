import assert from "node:assert/strict";
import { BadInput } from "../../lib/bad_input.ts";
import { readLogits, readNpy } from "../../lib/files/npy.ts";
import { readLabels } from "../../lib/files/read_labels.ts";
import { readPoints } from "../../lib/files/read_points.ts";
import { stream } from "../../lib/random.ts";
import { fixture, withFile } from "./npy_samples.ts";
import { zipOf, type ZipPart } from "./zip_archive.ts";

const logits = await readLogits(fixture("logits_f4"));
const LABELS = Int32Array.of(3, 0, 2);
const bytesOf = (name: string) => Deno.readFileSync(fixture(name));

for (const kind of ["stored", "deflated"]) {
  Deno.test(`readers find the array of their kind, or of the key, in a NumPy archive (${kind})`, async () => {
    const path = fixture(`archive_${kind}.npz`);
    assert.deepEqual(await readLogits(path), logits);
    assert.deepEqual(await readLabels(path), LABELS);
    assert.deepEqual((await readPoints(path)).data, logits.data);
    assert.deepEqual(await readLogits(`${path}:logits`), logits);
    assert.deepEqual(await readLabels(`${path}:labels`), LABELS);
  });
}

Deno.test("an archive with one array needs no key", async () => {
  assert.deepEqual(await readLogits(fixture("archive_one.npz")), logits);
  const { shape } = await readNpy(fixture("archive_one.npz"));
  assert.deepEqual(shape, [3, 4]);
});

Deno.test("arrays in an archive may have float16, Fortran order and big-endian bytes", async () => {
  const path = fixture("archive_turned.npz");
  assert.deepEqual(await readLogits(path), logits);
  assert.deepEqual(await readLabels(path), LABELS);
});

const PARTS: readonly ZipPart[] = [
  { name: "logits.npy", content: bytesOf("logits_f4"), deflated: true },
  { name: "labels.npy", content: bytesOf("labels_i8") },
];

Deno.test("archives may have zip64 fields, comments and other files", async () => {
  const others = [...PARTS, { name: "README", content: new Uint8Array(3) }];
  for (const zip64 of [false, true]) {
    const bytes = zipOf(others, { zip64, comment: "PK\x05\x06 made by hand" });
    await withFile(bytes, async (path) => {
      assert.deepEqual(await readLogits(path), logits);
      assert.deepEqual(await readLabels(path), LABELS);
    });
  }
});

const [LOGITS_PART] = PARTS;
const REFUSED: readonly [string, readonly ZipPart[], string][] = [
  ["no files", [], "it contains no arrays"],
  [
    "an encrypted file",
    [{ ...LOGITS_PART, flags: 1 }],
    'it is a damaged archive, "logits.npy" is encrypted',
  ],
  [
    "a size that deflate cannot reach",
    [{ ...LOGITS_PART, size: 2 ** 31 }],
    'it is a damaged archive, "logits.npy" cannot have 2147483648 bytes',
  ],
  [
    "a stored file with two sizes",
    [{ ...PARTS[1], size: 10 }],
    'it is a damaged archive, "labels.npy" cannot have 10 bytes',
  ],
  [
    "a size that does not match the shape",
    [{ ...LOGITS_PART, size: LOGITS_PART.content.length + 1 }],
    "it has excess bytes, with 49 bytes of data, but its shape (3, 4) " +
    "of <f4 needs 48",
  ],
  [
    "content with another checksum",
    [{ ...LOGITS_PART, crc: 1 }],
    "it is damaged (wrong checksum)",
  ],
  [
    "content that is not deflated",
    [{ ...LOGITS_PART, deflated: false, method: 8 }],
    "it is not a .npy file",
  ],
  [
    "no array",
    [{ name: "logits.npy", content: new Uint8Array(4) }],
    "it is not a .npy file",
  ],
];

for (const [what, parts, reason] of REFUSED) {
  Deno.test(`readLogits() refuses an archive with ${what}`, async () => {
    await withFile(zipOf(parts), async (path) => {
      const error = await readLogits(path).catch((error) => error);
      assert(error instanceof BadInput, String(error));
      assert(!error.message.includes("\n"), error.message);
      const [, found] = /^Cannot read \S+?(?::logits)?: (.*)$/
        .exec(error.message) ?? [];
      assert(found?.startsWith(reason), error.message);
    });
  });
}

Deno.test("an archive that is cut short or has no directory is refused", async () => {
  const complete = zipOf(PARTS);
  for (const length of [4, 30, complete.length - 1]) {
    await withFile(complete.slice(0, length), async (path) => {
      await assert.rejects(
        readLogits(path),
        new BadInput(
          `Cannot read ${path}: it is a damaged archive, it has no directory`,
        ),
      );
    });
  }
});

Deno.test("the error of a missing array lists those in the archive", async () => {
  const path = fixture("archive_stored.npz");
  await assert.rejects(
    readLogits(`${path}:other`),
    new BadInput(
      `Cannot read ${path}: it has no array other, but logits, labels`,
    ),
  );
  await assert.rejects(
    readLogits(`${path}:labels`),
    new BadInput(
      `Cannot read logits from ${path}:labels: its type is int64 but must ` +
        "be float16, float32 or float64",
    ),
  );
  const plain = fixture("logits_f4");
  await withFile(Deno.readFileSync(plain), async (path) => {
    const renamed = path.replace(/npy$/, "npz");
    await Deno.rename(path, renamed);
    await assert.rejects(
      readLogits(`${renamed}:logits`),
      new BadInput(
        `Cannot read ${renamed}:logits: ${renamed} is not an archive of arrays`,
      ),
    );
  });
});

Deno.test("an archive with several suitable arrays or none needs a key", async () => {
  const path = fixture("bad_archive.npz");
  await assert.rejects(
    readLogits(path),
    new BadInput(
      `Cannot read logits from ${path}: a, b all fit; choose one with ${path}:KEY`,
    ),
  );
  assert.equal((await readLogits(`${path}:b`)).rows, 3);
  const unfit = fixture("bad_unfit.npz");
  await assert.rejects(
    readLogits(unfit),
    new BadInput(
      `Cannot read logits from ${unfit}: none of its arrays fits (a, b); ` +
        `choose one with ${unfit}:KEY`,
    ),
  );
});

Deno.test("a key with a line break is shown in one line", async () => {
  const parts = [{ ...LOGITS_PART, name: "a\nb.npy", crc: 1 }];
  await withFile(zipOf(parts), async (path) => {
    await assert.rejects(
      readLogits(path),
      (error) =>
        error instanceof BadInput && error.message.includes(':"a\\nb":'),
    );
  });
});

Deno.test("a damaged archive is read or refused as BadInput, without other errors", async () => {
  const originals = [
    ...["stored", "deflated", "turned"].map((kind) =>
      bytesOf(`archive_${kind}.npz`)
    ),
    zipOf(PARTS, { zip64: true }),
  ];
  const outcomes = { read: 0, refused: 0 };
  for (let round = 0; round < 600; round++) {
    const random = stream(round, "damaged npz");
    const bytes = originals[round % originals.length].slice();
    const length = random.integer(6) === 0
      ? random.integer(bytes.length)
      : bytes.length;
    for (let change = random.integer(3); change >= 0; change--) {
      bytes[random.integer(bytes.length)] = random.integer(256);
    }
    await withFile(bytes.slice(0, length), async (path) => {
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
  assert(outcomes.read > 100 && outcomes.refused > 300, Deno.inspect(outcomes));
});
