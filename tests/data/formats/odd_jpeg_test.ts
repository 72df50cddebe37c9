/** JPEG files of which libjpeg has warnings, although their images are complete. */
import { deepStrictEqual, equal } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeImage } from "../../../lib/data/formats/decode_image.ts";
import { ils, inFolder } from "../../cli/program.ts";

const FOLDER = fileURLToPath(
  new URL("../../fixtures/images/jpeg", import.meta.url),
);

const read = (name: string) => Deno.readFileSync(join(FOLDER, `${name}.jpg`));

/** Offset of the first marker of a kind. */
function markerAt(bytes: Uint8Array, marker: number): number {
  return bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === marker);
}

function withByte(bytes: Uint8Array, at: number, byte: number): Uint8Array {
  const changed = bytes.slice();
  changed[at] = byte;
  return changed;
}

const BASELINE = read("baseline");
const TABLES = markerAt(BASELINE, 0xc4);
const SCAN = markerAt(BASELINE, 0xda);
const RESTARTS = read("restarts");

/** The file, and the file with the same pixels. */
const ODD: Readonly<Record<string, readonly [Uint8Array, Uint8Array]>> = {
  "bytes between segments": [
    Uint8Array.of(
      ...BASELINE.subarray(0, TABLES),
      ...[1, 2, 3],
      ...BASELINE.subarray(TABLES),
    ),
    BASELINE,
  ],
  "another version of JFIF": [
    withByte(BASELINE, markerAt(BASELINE, 0xe0) + 9, 9),
    BASELINE,
  ],
  "a baseline scan with coefficients from 17": [
    withByte(BASELINE, SCAN + 5 + 2 * BASELINE[SCAN + 4], 17),
    BASELINE,
  ],
  "a restart marker of another number": [
    withByte(RESTARTS, markerAt(RESTARTS, 0xd1) + 1, 0xd4),
    RESTARTS,
  ],
};

Deno.test("odd JPEG files have the pixels of the plain file", () => {
  for (const [name, [odd, plain]] of Object.entries(ODD)) {
    deepStrictEqual(decodeImage(odd, name), decodeImage(plain, name), name);
  }
});

Deno.test({
  name: "warnings of libjpeg about odd JPEG files are not printed",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inFolder(async (cwd) => {
      const folder = join(cwd, "own");
      for (const [i, [odd]] of Object.values(ODD).entries()) {
        for (const part of ["train", "test"]) {
          const place = join(folder, part, `class${i % 2}`);
          await Deno.mkdir(place, { recursive: true });
          await Deno.writeFile(join(place, `${part}${i}.jpg`), odd);
        }
      }
      const args = ["data", "own", "--image-size", "8"];
      const { code, stderr } = await ils(args, { cwd });
      equal(code, 0);
      const [first, ...rest] = stderr.trimEnd().split("\n");
      equal(first, `Read ${2 * Object.keys(ODD).length} images`);
      // The images are the same in both parts.
      deepStrictEqual(rest.filter((line) => !/^Remark: /.test(line)), []);
    }),
});
