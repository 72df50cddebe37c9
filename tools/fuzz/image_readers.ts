import { crc32 } from "node:zlib";
import { readBytes } from "../../lib/files/read_bytes.ts";
import type { Bytes, Reader } from "./reader.ts";
import { sampleFiles, textFile } from "./sample_files.ts";

const FOLDER = "tests/fixtures/images";

/** Bits per sample of cameras whose files have 16. */
const CAMERA_DEPTH = 12;

/** What a phone writes after a photograph. */
const CLIP = textFile("\0\0\0\x18ftypmp42\xff\xda\0\x08mdat");

/** Each kind of JPEG: see tests/fixtures/image_reference.py. */
async function jpegs(): Promise<Bytes[]> {
  const files = [
    ...await sampleFiles(FOLDER, /\.jpg$/),
    ...await sampleFiles(`${FOLDER}/jpeg`, /\.jpg$/),
  ];
  const [first] = files;
  return [...files, joined(first, CLIP), withPrecision(first, 12)];
}

/** A JPEG file whose frame says that it has so many bits per sample. */
function withPrecision(jpeg: Bytes, bits: number): Bytes {
  const frame = jpeg.findIndex((byte, i) =>
    byte === 0xff && jpeg[i + 1] === 0xc0
  );
  const changed = jpeg.slice();
  changed[frame + 4] = bits;
  return changed;
}

/** Each kind of PNG: see tests/fixtures/png_kinds.py. */
async function pngs(): Promise<Bytes[]> {
  return [
    ...await sampleFiles(FOLDER, /\.png$/),
    ...await sampleFiles(`${FOLDER}/png`, /\.png$/),
  ];
}

async function readImage(_: string, path: string) {
  return await decode(await readBytes(path), path);
}

/** Decodes an image as it is, and as a camera's if it has 16 bits per sample. */
async function decode(bytes: Bytes, path: string) {
  // Only images need TensorFlow, which is slow to load.
  const { decodeImage, largestSample } = await import(
    "../../lib/data/formats/decode_image.ts"
  );
  const { pngHeader } = await import("../../lib/data/formats/png_header.ts");
  const image = decodeImage(bytes, path);
  const { height, width, channels, pixels } = image;
  if (pixels.length !== height * width * channels) throw new Error("half-read");
  if (pngHeader(bytes)?.depth === 16) {
    largestSample(bytes, path);
    decodeImage(bytes, path, CAMERA_DEPTH);
  }
  return image;
}

/**
 * A PNG file with the checksums of its chunks, so that changes reach the decoder. What
 * is no chunk stays as it is.
 */
function withChecksums(png: Bytes): Bytes {
  const changed = png.slice();
  const view = new DataView(changed.buffer);
  for (let at = 8; at + 12 <= changed.length;) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > changed.length) break;
    view.setUint32(end, crc32(changed.subarray(at + 4, end)));
    at = end + 4;
  }
  return changed;
}

function joined(...parts: readonly Bytes[]): Bytes {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Files of images. */
export const IMAGE_READERS: readonly Reader[] = [
  { name: "png", file: "a.png", samples: pngs, read: readImage },
  {
    name: "png with checksums",
    file: "a.png",
    samples: pngs,
    read: async (_, path) => {
      const bytes = withChecksums(await readBytes(path));
      return await decode(bytes, path);
    },
  },
  { name: "jpeg", file: "a.jpg", samples: jpegs, read: readImage },
];
