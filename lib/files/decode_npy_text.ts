import { checkLength } from "./decode_npy.ts";
import { decodeNpyHeader } from "./npy_header.ts";

/**
 * The texts of a `.npy` file of Unicode (`U`, four bytes per character) or of bytes
 * (`S`, UTF-8), in the order of the file.
 *
 * @param source name of the file in messages
 * @throws {BadInput} if it is damaged
 */
export function decodeNpyText(
  bytes: Uint8Array<ArrayBuffer>,
  source: string,
): string[] {
  const { header, dataStart } = decodeNpyHeader(bytes, source);
  checkLength(header, bytes.length - dataStart, source);
  const { dtype, shape } = header;
  const characters = Number(dtype.slice(2));
  const isUnicode = dtype[1] === "U";
  const size = isUnicode ? 4 * characters : characters;
  const count = shape.reduce((a, b) => a * b, 1);
  const decode = isUnicode ? unicodeDecoder(dtype[0] === ">") : utf8;
  return Array.from({ length: count }, (_, i) => {
    const start = dataStart + i * size;
    return decode(bytes.subarray(start, start + size));
  });
}

/** NumPy pads texts with zeros. */
function withoutPadding(text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === "\0") end--;
  return text.slice(0, end);
}

function utf8(bytes: Uint8Array): string {
  return withoutPadding(new TextDecoder().decode(bytes));
}

function unicodeDecoder(isBigEndian: boolean): (bytes: Uint8Array) => string {
  return (bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let text = "";
    for (let at = 0; at < bytes.length; at += 4) {
      const point = view.getUint32(at, !isBigEndian);
      // What is no character becomes the sign for one that is unknown.
      text += String.fromCodePoint(point > 0x10ffff ? 0xfffd : point);
    }
    return withoutPadding(text);
  };
}
