import { BadInput } from "../../bad_input.ts";
import { type Attribute, attribute, FLOAT } from "../../engine/attributes.ts";
import { rawOp, tf } from "../../engine/engine.ts";
import { muted } from "../../engine/muted.ts";
import { uint8Bytes } from "../../engine/uint8_bytes.ts";
import { reasonOf } from "../report.ts";
import { imageKind } from "./image_kind.ts";
import { completeJpeg, jpegFrame } from "./jpeg.ts";
import { pngHeader } from "./png_header.ts";
import type { Raster } from "./raster.ts";

/** Largest number of pixels of an image, as in Pillow: 512 MiB of colour. */
export const MOST_PIXELS = Math.floor(2 ** 29 / 3);

/** The same for samples of 16 bits, which need four times as much memory. */
const MOST_WIDE_PIXELS = Math.floor(MOST_PIXELS / 4);

/** Largest number of bytes that one byte of deflate can hold. */
const MOST_INFLATION = 1032;

/** Largest number of pixels for a byte of JPEG: 8 blocks, each of one bit. */
const MOST_JPEG_PIXELS = 8 * 64;

/** Last frame with Huffman codes: baseline, extended and progressive. */
const LAST_HUFFMAN = 0xc2;

const AS_IN_FILE = attribute.int("channels", 0);

const JPEG = [AS_IN_FILE, attribute.string("dct_method", "INTEGER_ACCURATE")];

const WIDE_PNG = [
  AS_IN_FILE,
  attribute.type("dtype", FLOAT),
  attribute.bool("expand_animations", false),
];

type Fail = (reason: string) => never;

/**
 * The pixels of a PNG or JPEG file (recognised by its first bytes) in 8 bits per
 * channel. JPEG is decoded with the accurate integer transform, as by Pillow; what
 * follows its image is ignored, and so is its EXIF orientation.
 *
 * @param path path of the file, for messages
 * @param depth number of low bits that samples of 16 bits use (16); the upper 8 of
 * them are returned
 * @returns 1 channel for grey, 3 for colour; transparency is ignored
 * @throws {BadInput} if it is neither, incomplete or damaged, or has more than
 * `MOST_PIXELS`, with 16 bits per channel a quarter of them
 */
export function decodeImage(
  bytes: Uint8Array,
  path: string,
  depth = 16,
): Raster {
  const fail = failFor(path);
  if (imageKind(bytes, path) === "JPEG") {
    const jpeg = checkedJpeg(bytes, fail);
    return rasterOf(decode("DecodeJpeg", { options: JPEG, bytes: jpeg, fail }));
  }
  checkPng(bytes, fail);
  if (depth === 16 || pngHeader(bytes)!.depth < 16) {
    const options = [AS_IN_FILE];
    return rasterOf(decode("DecodePng", { options, bytes, fail }));
  }
  const { shape, samples } = wideSamples(bytes, fail);
  const most = 2 ** depth - 1;
  const shift = depth - 8;
  const data = new Uint8Array(samples.length);
  for (let i = 0; i < data.length; i++) {
    data[i] = Math.min(samples[i], most) >> shift;
  }
  return rasterOf({ shape, data });
}

/**
 * The largest sample of a PNG image of 16 bits, without transparency.
 *
 * @param path path of the file, for messages
 * @throws {BadInput} as `decodeImage()`
 */
export function largestSample(bytes: Uint8Array, path: string): number {
  const fail = failFor(path);
  checkPng(bytes, fail);
  const { shape: [, , found], samples } = wideSamples(bytes, fail);
  const channels = channelsOf(found);
  let most = 0;
  for (let i = 0; i < samples.length; i++) {
    if (i % found < channels && samples[i] > most) most = samples[i];
  }
  return most;
}

function failFor(path: string): Fail {
  return (reason) => {
    throw new BadInput(`Cannot read ${path}: ${reason}`);
  };
}

/** Checks before decoding that a JPEG image is complete and not too large. */
function checkedJpeg(bytes: Uint8Array, fail: Fail): Uint8Array {
  const failDamaged: Fail = (reason) => fail(`it is damaged (${reason})`);
  const frame = jpegFrame(bytes) ?? failDamaged("cut short");
  const { precision, marker } = frame;
  if (marker > LAST_HUFFMAN) {
    fail("it is a JPEG without Huffman codes or without loss; save it as PNG");
  }
  if (precision !== 8) {
    fail(`it is a JPEG of ${precision} bits per channel but must have 8`);
  }
  const most = MOST_JPEG_PIXELS * bytes.length;
  checkSize(frame, { allowed: MOST_PIXELS, most, fail });
  return completeJpeg(bytes, frame, failDamaged);
}

/** Checks before decoding that a PNG image is not too large. */
function checkPng(bytes: Uint8Array, fail: Fail): void {
  const header = pngHeader(bytes) ?? fail("it is damaged (cut short)");
  const pixels = header.width * header.height;
  const most = MOST_INFLATION * bytes.length * pixels / header.bytes;
  const allowed = header.depth === 16 ? MOST_WIDE_PIXELS : MOST_PIXELS;
  checkSize(header, { allowed, most, fail });
}

/**
 * @param allowed number of pixels that are read
 * @param most number of pixels that the file can hold
 */
function checkSize(
  { width, height }: { readonly width: number; readonly height: number },
  { allowed, most, fail }: {
    readonly allowed: number;
    readonly most: number;
    readonly fail: Fail;
  },
): void {
  const pixels = width * height;
  const size = `${width} x ${height} pixels`;
  if (pixels === 0) fail(`it is damaged (its header says ${size})`);
  if (pixels > allowed) {
    fail(
      `it has ${size} but may have ${allowed.toLocaleString("en")} in all; ` +
        `reduce it first`,
    );
  }
  if (pixels > most) {
    fail(`it is damaged (its header says ${size}, too many for its bytes)`);
  }
}

interface Decoded {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

interface DecodeOptions {
  readonly options: readonly Attribute[];
  readonly bytes: Uint8Array;
  readonly fail: Fail;
}

function decode(name: string, options: DecodeOptions): Decoded {
  const image = runDecoder(name, options);
  const data = uint8Bytes(image);
  image.dispose();
  return { shape: image.shape, data };
}

/** Samples of a PNG image of 16 bits as whole numbers. */
function wideSamples(bytes: Uint8Array, fail: Fail) {
  const image = runDecoder("DecodeImage", { options: WIDE_PNG, bytes, fail });
  const samples = image.dataSync();
  image.dispose();
  // The decoder divides by the largest number.
  for (let i = 0; i < samples.length; i++) {
    samples[i] = Math.round(samples[i] * (2 ** 16 - 1));
  }
  return { shape: image.shape, samples };
}

function runDecoder(
  name: string,
  { options, bytes, fail }: DecodeOptions,
): tf.Tensor {
  // The type of a string's value does not allow bytes, but the binding needs them.
  const contents = tf.scalar(bytes as unknown as string, "string");
  try {
    // libjpeg reports there what does no harm, such as bytes between segments.
    return muted(() => rawOp(name, options, [contents], 1)[0]);
  } catch (error) {
    const reason = reasonOf(error).split("\n").at(-1)!;
    return fail(`it is damaged (${reason.replace(/^Message: |\.$/g, "")})`);
  } finally {
    contents.dispose();
  }
}

function channelsOf(found: number): 1 | 3 {
  return found < 3 ? 1 : 3;
}

/** Leaves out transparency. */
function rasterOf({ shape, data }: Decoded): Raster {
  const [height, width, found] = shape;
  const channels = channelsOf(found);
  if (channels === found) return { height, width, channels, pixels: data };
  const pixels = new Uint8Array(height * width * channels);
  for (let i = 0, to = 0; i < data.length; i += found) {
    for (let c = 0; c < channels; c++) pixels[to++] = data[i + c];
  }
  return { height, width, channels, pixels };
}
