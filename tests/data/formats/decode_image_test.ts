import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BadInput } from "../../../lib/bad_input.ts";
import {
  decodeImage,
  largestSample,
  MOST_PIXELS,
} from "../../../lib/data/formats/decode_image.ts";
import KINDS from "../../fixtures/png_kinds.json" with { type: "json" };
import { encodePng } from "./png_image.ts";

const KINDS_FOLDER = fileURLToPath(
  new URL("../../fixtures/images/png", import.meta.url),
);

const JPEG = Deno.readFileSync(
  new URL("../../fixtures/images/photo.jpg", import.meta.url),
);

/** Offset of the height in the frame of the JPEG file. */
const FRAME_HEIGHT =
  JPEG.findIndex((byte, i) => byte === 0xff && JPEG[i + 1] === 0xc0) + 5;

/** The JPEG file with another size in its frame. */
function resized(height: number, width: number): Uint8Array {
  const bytes = JPEG.slice();
  const view = new DataView(bytes.buffer, FRAME_HEIGHT);
  view.setUint16(0, height);
  view.setUint16(2, width);
  return bytes;
}

const png = (width: number, height: number) =>
  encodePng({ width, height, depth: 8, channels: 1, samples: [1, 2, 3, 4] });

function refuses(bytes: Uint8Array, message: RegExp): void {
  throws(
    () => decodeImage(bytes, "a"),
    (error) => {
      ok(error instanceof BadInput && !error.message.includes("\n"));
      return message.test(error.message);
    },
  );
}

Deno.test("an image of more than 178,956,970 pixels is refused by its header", () => {
  deepStrictEqual(MOST_PIXELS, 178_956_970);
  const message =
    /^Cannot read a: it has 16384 x 16384 pixels but may have 178,956,970 in all; reduce it first$/;
  refuses(png(16384, 16384), message);
  refuses(resized(16384, 16384), message);
});

Deno.test("a quarter of the pixels is allowed with 16 bits per channel", () => {
  const size = { width: 8000, height: 6000, depth: 16, channels: 1 } as const;
  refuses(
    encodePng({ ...size, samples: [1] }),
    /it has 8000 x 6000 pixels but may have 44,739,242 in all; reduce it first$/,
  );
});

Deno.test("a header with more pixels than the file can hold is a lie", () => {
  const message =
    /^Cannot read a: it is damaged \(its header says 10000 x 10000 pixels, too many for its bytes\)$/;
  refuses(png(10_000, 10_000), message);
  refuses(resized(10_000, 10_000), message);
});

Deno.test("a header with a few rows more than the file is a lie", () => {
  refuses(png(2, 3), /^Cannot read a: it is damaged \(Invalid PNG data/);
  refuses(
    resized(32, 24),
    /^Cannot read a: it is damaged \(cut short at row 16 of 32\)$/,
  );
});

Deno.test("an image without pixels is refused", () => {
  refuses(png(2, 0), /it is damaged \(its header says 2 x 0 pixels\)$/);
  refuses(resized(0, 24), /it is damaged \(its header says 24 x 0 pixels\)$/);
});

Deno.test("kinds of JPEG that the decoder does not read are named", () => {
  const change = (offset: number, value: number) => {
    const bytes = JPEG.slice();
    bytes[offset] = value;
    return bytes;
  };
  refuses(
    change(FRAME_HEIGHT - 1, 12),
    /^Cannot read a: it is a JPEG of 12 bits per channel but must have 8$/,
  );
  refuses(
    change(FRAME_HEIGHT - 4, 0xc3),
    /^Cannot read a: it is a JPEG without Huffman codes or without loss/,
  );
});

Deno.test("other formats are named, whatever the name of the file", () => {
  const text = (start: string) =>
    Uint8Array.from(start, (letter) => letter.charCodeAt(0));
  refuses(text("GIF89a"), /: it is GIF but must be PNG or JPEG$/);
  refuses(text("RIFF0000WEBPVP8 "), /: it is WebP but must be PNG or JPEG$/);
  refuses(text("0000ftypheic"), /: it is HEIC but must be PNG or JPEG$/);
  refuses(text("\0".repeat(128) + "DICM"), /: it is DICOM but must/);
  refuses(text("version https://git-lfs.github.com"), /pointer; run git lfs/);
  refuses(text(""), /: it is empty$/);
  refuses(text("hello"), /: it is neither PNG nor JPEG$/);
});

Deno.test("of 16 bits the upper 8 remain, also of the 12 low ones", () => {
  const samples = [0, 15, 16, 4080, 4095, 65535];
  const bytes = encodePng({
    ...{ width: 3, height: 2, depth: 16, channels: 1 },
    samples,
  });
  const pixels = (depth?: number) => [...decodeImage(bytes, "a", depth).pixels];
  deepStrictEqual(pixels(), [0, 0, 0, 15, 15, 255]);
  deepStrictEqual(pixels(12), [0, 0, 1, 255, 255, 255]);
  deepStrictEqual(pixels(14), [0, 0, 0, 63, 63, 255]);
  deepStrictEqual(largestSample(bytes, "a"), 65535);
});

Deno.test("largestSample() leaves out transparency and is exact", () => {
  const alpha = 65535;
  for (const value of [1, 255, 4095, 32767, 65534]) {
    const bytes = encodePng({
      ...{ width: 2, height: 1, depth: 16, channels: 2 },
      samples: [0, alpha, value, alpha],
    });
    deepStrictEqual(largestSample(bytes, "a"), value);
  }
});

for (const [name, pixels] of Object.entries(KINDS)) {
  Deno.test(`decodeImage() returns the pixels of which ${name}.png was made`, () => {
    const bytes = Deno.readFileSync(join(KINDS_FOLDER, `${name}.png`));
    const { height, width, ...image } = decodeImage(bytes, name);
    deepStrictEqual([height, width], [9, 11]);
    deepStrictEqual(Array.from(image.pixels), pixels);
  });
}
