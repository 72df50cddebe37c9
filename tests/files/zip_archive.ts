/** Valid and invalid zip archives. */
import { crc32, deflateRawSync } from "node:zlib";

/** A file of an archive; by default as in those of numpy.savez. */
export interface ZipPart {
  readonly name: string;
  readonly content: Uint8Array;
  readonly deflated?: boolean;
  /** Values in the directory, if they differ from the actual ones. */
  readonly size?: number;
  readonly crc?: number;
  readonly flags?: number;
  readonly method?: number;
}

type Field = readonly [bytes: 2 | 4 | 8, value: number];

/** An archive; with `zip64` all sizes and offsets are in 64-bit fields. */
export function zipOf(
  parts: readonly ZipPart[],
  { zip64 = false, comment = "" }: { zip64?: boolean; comment?: string } = {},
): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  const push = (bytes: Uint8Array) => {
    pieces.push(bytes);
    at += bytes.length;
  };
  for (const part of parts) {
    const { content, deflated = false, size = content.length } = part;
    const { crc = crc32(content), flags = 0 } = part;
    const name = new TextEncoder().encode(part.name);
    const packed = deflated ? deflateRawSync(content) : content;
    const common: Field[] = [
      [2, flags],
      [2, part.method ?? (deflated ? 8 : 0)],
      [4, 0],
      [4, crc],
    ];
    const sizes: Field[] = [[4, packed.length], [4, size]];
    const start = at;
    push(fields([4, 0x04034b50], [2, 20], ...common, ...sizes, [
      2,
      name.length,
    ], [2, 0]));
    push(name);
    push(packed);
    const long = fields(
      [2, 1],
      [2, 24],
      [8, size],
      [8, packed.length],
      [8, start],
    );
    const extra = zip64 ? long : new Uint8Array();
    const places: Field[] = zip64 ? [[4, 0xffffffff], [4, 0xffffffff]] : sizes;
    directory.push(
      fields(
        ...[[4, 0x02014b50], [2, 20], [2, 20]] as Field[],
        ...common,
        ...places,
        ...[[2, name.length], [2, extra.length], [
          2,
          comment.length,
        ]] as Field[],
        ...[[2, 0], [2, 0], [4, 0]] as Field[],
        [4, zip64 ? 0xffffffff : start],
      ),
      name,
      extra,
      new TextEncoder().encode(comment),
    );
  }
  const start = at;
  directory.forEach(push);
  const length = at - start;
  const count = parts.length;
  if (zip64) {
    const end = at;
    const head: Field[] = [[4, 0x06064b50], [8, 44], [2, 45], [2, 45]];
    push(fields(
      ...head,
      ...[[4, 0], [4, 0], [8, count], [8, count]] as Field[],
      ...[[8, length], [8, start]] as Field[],
    ));
    push(fields([4, 0x07064b50], [4, 0], [8, end], [4, 1]));
  }
  push(fields(
    ...[[4, 0x06054b50], [2, 0], [2, 0]] as Field[],
    ...[[2, zip64 ? 0xffff : count], [2, zip64 ? 0xffff : count]] as Field[],
    [4, zip64 ? 0xffffffff : length],
    [4, zip64 ? 0xffffffff : start],
    [2, comment.length],
  ));
  push(new TextEncoder().encode(comment));
  return joined(pieces);
}

/** The bytes of little-endian numbers. */
function fields(...list: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(list.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of list) {
    if (size === 2) view.setUint16(at, value, true);
    else if (size === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += size;
  }
  return bytes;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(
    pieces.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
