/** Valid and invalid tar archives. */
import { Buffer } from "node:buffer";

/** An entry of an archive; by default as GNU tar writes it. */
export interface Entry {
  readonly path: string;
  /** "0" for a file, "1" and "2" for links, "5" for a folder. */
  readonly type?: string;
  readonly content?: Uint8Array;
  /** Size in the header (that of the content). */
  readonly size?: string;
  readonly magic?: string;
  readonly prefix?: string;
}

const BLOCK = 512;

/** The bytes of an archive, with two blocks of zeros at the end. */
export function tarOf(entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const blocks = entries.flatMap((entry) => [
    headerOf(entry),
    padded(entry.content ?? new Uint8Array(0)),
  ]);
  return joined([...blocks, new Uint8Array(2 * BLOCK)]);
}

function headerOf(entry: Entry): Uint8Array {
  const { path, type = "0", content, magic = "ustar  ", prefix = "" } = entry;
  const header = new Uint8Array(BLOCK);
  const write = (text: string, at: number) =>
    header.set(new TextEncoder().encode(text), at);
  write(path, 0);
  write("0000644", 100);
  const size = (content?.length ?? 0).toString(8).padStart(11, "0");
  write(entry.size ?? size, 124);
  write(" ".repeat(8), 148);
  write(type, 156);
  if (type === "1" || type === "2") write("/etc/passwd", 157);
  write(magic, 257);
  write(prefix, 345);
  const sum = header.reduce((sum, byte) => sum + byte, 0);
  write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return header;
}

function padded(content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(content.length / BLOCK) * BLOCK);
  bytes.set(content);
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}
