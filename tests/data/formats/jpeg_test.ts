import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeImage } from "../../../lib/data/formats/decode_image.ts";
import { tf } from "../../../lib/engine/engine.ts";
import { sha256 } from "../../../lib/files/sha256.ts";
import reference from "../../fixtures/image_reference.json" with {
  type: "json",
};

const FOLDER = fileURLToPath(
  new URL("../../fixtures/images/jpeg", import.meta.url),
);

type Name = keyof typeof reference.jpegs;

const NAMES = Object.keys(reference.jpegs) as Name[];

const read = (name: Name) => Deno.readFileSync(join(FOLDER, `${name}.jpg`));

const pixelsOf = (bytes: Uint8Array) => decodeImage(bytes, "a.jpg").pixels;

const END = [0xff, 0xd9];

function joined(...parts: (Uint8Array | number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

for (const name of NAMES) {
  Deno.test(`decodeImage() returns the same bytes as Pillow for ${name}.jpg`, () => {
    const before = tf.memory().numTensors;
    deepStrictEqual(sha256(pixelsOf(read(name))), reference.jpegs[name]);
    deepStrictEqual(tf.memory().numTensors, before);
  });

  Deno.test(`what follows the image is ignored in ${name}.jpg`, () => {
    const clip = [...new TextEncoder().encode("ftypmp42"), 0xff, 0xda, 1, 2];
    const bytes = joined(read(name), clip, [0xff, 0xd8, 0xff, 0xe1, 0]);
    deepStrictEqual(sha256(pixelsOf(bytes)), reference.jpegs[name]);
  });

  Deno.test(`${name}.jpg needs no end marker, as for Pillow`, () => {
    const pixels = pixelsOf(read(name).slice(0, -END.length));
    deepStrictEqual(sha256(pixels), reference.jpegs[name]);
  });

  Deno.test(`${name}.jpg is damaged wherever it is cut, with or without an end marker`, () => {
    const bytes = read(name);
    let refused = 0;
    for (let length = 4; length < bytes.length - 3; length++) {
      const cut = bytes.slice(0, length);
      for (const tail of name.startsWith("progressive") ? [[]] : [[], END]) {
        throws(
          () => pixelsOf(joined(cut, tail)),
          /it is damaged \((cut|broken)/,
        );
        refused++;
      }
    }
    ok(refused > 500);
  });
}

Deno.test("a scan without a header is refused", () => {
  const bytes = read(NAMES[0]);
  const at = bytes.findIndex((byte, i) =>
    byte === 0xff && bytes[i + 1] === 0xda
  );
  throws(
    () => pixelsOf(joined(bytes.slice(0, at), [0xff, 0xda, 0, 2], END)),
    /it is damaged \(the header of a scan is too short\)/,
  );
});
