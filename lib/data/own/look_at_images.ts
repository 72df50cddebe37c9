import { BadInput } from "../../bad_input.ts";
import { unreadable } from "../../files/read_bytes.ts";
import { imageKind, SIGNATURE_BYTES } from "../formats/image_kind.ts";
import { pngHeader } from "../formats/png_header.ts";

/**
 * Looks at the first bytes of all images, which takes moments, so that a wrong file is
 * reported before thousands have been decoded.
 *
 * @returns the PNG images of 16 bits per sample
 * @throws {BadInput} naming the first file that is neither PNG nor JPEG, and how many
 * there are
 */
export async function lookAtImages(
  paths: readonly string[],
): Promise<string[]> {
  const wide: string[] = [];
  const wrong: BadInput[] = [];
  for (const path of paths) {
    const start = await firstBytes(path);
    try {
      const isPng = imageKind(start, path) === "PNG";
      if (isPng && pngHeader(start)?.depth === 16) wide.push(path);
    } catch (error) {
      if (!(error instanceof BadInput)) throw error;
      wrong.push(error);
    }
  }
  if (wrong.length > 1) {
    throw new BadInput(
      `${wrong[0].message} (as are ${wrong.length - 1} more of the ` +
        `${paths.length} files)`,
    );
  }
  if (wrong.length > 0) throw wrong[0];
  return wide;
}

async function firstBytes(path: string): Promise<Uint8Array> {
  try {
    using file = await Deno.open(path);
    const bytes = new Uint8Array(SIGNATURE_BYTES);
    const length = await file.read(bytes);
    return bytes.subarray(0, length ?? 0);
  } catch (error) {
    throw unreadable(path, error);
  }
}
