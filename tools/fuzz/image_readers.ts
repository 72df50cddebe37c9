import { Buffer } from "node:buffer";
import { crc32, deflateSync, inflateSync } from "node:zlib";
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

/** A chunk of a PNG file, and where it is. */
interface Chunk {
  readonly type: string;
  readonly content: Bytes;
  /** Offset of the byte after it. */
  readonly end: number;
}

/** Length of the signature of a PNG file. */
const SIGNATURE = 8;

/** The chunks of a PNG file, up to where it is damaged. */
function* chunksOf(png: Bytes): Generator<Chunk> {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  for (let at = SIGNATURE; at + 12 <= png.length;) {
    const start = at + 8;
    const end = start + view.getUint32(at);
    if (end + 4 > png.length) return;
    const type = String.fromCharCode(...png.subarray(at + 4, start));
    yield { type, content: png.slice(start, end), end: end + 4 };
    at = end + 4;
  }
}

/** A PNG file with other pixel data; all checksums are right. */
function withData(png: Bytes, change: (data: Bytes) => Uint8Array): Bytes {
  const parts: Uint8Array[] = [png.subarray(0, SIGNATURE)];
  let rest = SIGNATURE;
  for (const { type, content, end } of chunksOf(png)) {
    const data = type === "IDAT" ? change(content) : content;
    const name = Uint8Array.from(type, (letter) => letter.charCodeAt(0));
    const body = joined(name, data);
    parts.push(number(data.length), body, number(crc32(body)));
    rest = end;
  }
  return joined(...parts, png.subarray(rest));
}

/** A number of four bytes, as in PNG files. */
function number(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function joined(...parts: readonly Uint8Array[]): Bytes {
  return new Uint8Array(Buffer.concat(parts));
}

/** Files of images. */
export const IMAGE_READERS: readonly Reader[] = [
  { name: "png", file: "a.png", samples: pngs, read: readImage },
  {
    // Changes of headers and of rows before they were compressed.
    name: "png rows",
    file: "a.png",
    samples: async () =>
      (await pngs()).map((png) => withData(png, (data) => inflateSync(data))),
    read: async (_, path) => {
      const rows = await readBytes(path);
      return await decode(withData(rows, (data) => deflateSync(data)), path);
    },
  },
  { name: "jpeg", file: "a.jpg", samples: jpegs, read: readImage },
];
