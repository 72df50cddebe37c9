import { Buffer } from "node:buffer";
import { BadInput } from "../../bad_input.ts";
import { tf } from "../../engine/engine.ts";
import { reasonOf } from "../report.ts";
import type { Raster } from "./raster.ts";

const PNG = [0x89, 0x50, 0x4e, 0x47];
const JPEG = [0xff, 0xd8, 0xff];

/**
 * The pixels of a PNG or JPEG file, by what its first bytes say it is, in 8
 * bits a channel.
 *
 * @param path how errors call it
 * @returns 1 channel for grey, 3 for colour; transparency is left out
 * @throws {BadInput} if it is neither, or not whole
 */
export function decodeImage(bytes: Uint8Array, path: string): Raster {
  const begins = (magic: readonly number[]) =>
    magic.every((byte, i) => bytes[i] === byte);
  if (!begins(PNG) && !begins(JPEG)) {
    throw new BadInput(`Cannot read ${path}: it is neither PNG nor JPEG`);
  }
  if (begins(JPEG) && !endsAsJpeg(bytes)) {
    throw new BadInput(`Cannot read ${path}: it is damaged (cut short)`);
  }
  const { shape, data } = decode(bytes, path);
  const [height, width, found] = shape;
  const channels = found < 3 ? 1 : 3;
  const pixels = new Uint8Array(height * width * channels);
  for (let i = 0, to = 0; i < data.length; i += found) {
    for (let c = 0; c < channels; c++) pixels[to++] = data[i + c];
  }
  return { height, width, channels, pixels };
}

/**
 * Whether the marker of the end comes after the last scan begins: it cannot be
 * among a scan's data (ITU-T T.81, B.1.1.5). Without it TensorFlow's decoder
 * would speak on standard error by itself.
 */
function endsAsJpeg(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const scan = file.lastIndexOf(Uint8Array.of(0xff, 0xda));
  return scan >= 0 && file.indexOf(Uint8Array.of(0xff, 0xd9), scan) >= 0;
}

function decode(bytes: Uint8Array, path: string) {
  try {
    const image = tf.node.decodeImage(bytes, 0, "int32", false);
    const { shape } = image;
    const data = image.dataSync();
    image.dispose();
    return { shape, data };
  } catch (error) {
    const reason = reasonOf(error).split("\n").at(-1)!;
    throw new BadInput(
      `Cannot read ${path}: it is damaged (${
        reason.replace(/^Message: |\.$/g, "")
      })`,
    );
  }
}
