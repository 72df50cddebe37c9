import { BadInput } from "../../bad_input.ts";

/** Formats of images that are read. */
export type ImageKind = "PNG" | "JPEG";

/** Formats by what their files have at an offset, one of several texts. */
const SIGNATURES: readonly (readonly [string, number, readonly string[]])[] = [
  ["PNG", 0, ["\x89PNG\r\n\x1a\n"]],
  ["JPEG", 0, ["\xff\xd8\xff"]],
  ["GIF", 0, ["GIF8"]],
  ["BMP", 0, ["BM"]],
  ["WebP", 8, ["WEBP"]],
  ["TIFF", 0, ["II*\0", "MM\0*"]],
  ["HEIC", 4, ["ftypheic", "ftypheix", "ftypmif1", "ftypmsf1"]],
  ["AVIF", 4, ["ftypavif", "ftypavis"]],
  ["JPEG 2000", 4, ["jP  "]],
  ["JPEG XL", 4, ["JXL "]],
  ["DICOM", 128, ["DICM"]],
];

/** Number of bytes that tell the format of an image. */
export const SIGNATURE_BYTES = 132;

/** Start of the file that Git keeps in place of a large one. */
const LFS_POINTER = "version https://git-lfs";

/**
 * The format of an image by its first bytes, whatever the name of its file.
 *
 * @param path path of the file, for messages
 * @throws {BadInput} if it is neither PNG nor JPEG
 */
export function imageKind(bytes: Uint8Array, path: string): ImageKind {
  const start = String.fromCharCode(...bytes.subarray(0, SIGNATURE_BYTES));
  const kind = SIGNATURES.find(([, offset, texts]) =>
    texts.some((text) => start.startsWith(text, offset))
  )?.[0];
  if (kind === "PNG" || kind === "JPEG") return kind;
  throw new BadInput(
    `Cannot read ${path}: ` +
      (bytes.length === 0
        ? "it is empty"
        : start.startsWith(LFS_POINTER)
        ? "it is a Git LFS pointer; run git lfs pull"
        : kind === undefined
        ? "it is neither PNG nor JPEG"
        : `it is ${kind} but must be PNG or JPEG`),
  );
}
