import { Buffer } from "node:buffer";
import { BadInput } from "../../bad_input.ts";
import { tf } from "../../engine/engine.ts";
import { reasonOf } from "../report.ts";
import type { Raster } from "./raster.ts";

const PNG = [0x89, 0x50, 0x4e, 0x47];
const JPEG = [0xff, 0xd8, 0xff];

/**
 * The pixels of a PNG or JPEG file (recognised by its first bytes) in 8 bits per
 * channel.
 *
 * @param path path of the file, for messages
 * @returns 1 channel for grey, 3 for colour; transparency is ignored
 * @throws {BadInput} if it is neither, incomplete or damaged
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
 * Whether there is an end marker after the start of the last scan; it cannot occur
 * in the data of a scan (ITU-T T.81, B.1.1.5). Without this check TensorFlow's
 * decoder would write to standard error.
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
