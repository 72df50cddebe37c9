/** Bytes of `.npy` files, made here and by numpy. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const FIXTURES = fileURLToPath(new URL("../fixtures/npy/", import.meta.url));

/** A file written by NumPy; see the script next to it. */
export function fixture(name: string): string {
  return join(FIXTURES, name.includes(".") ? name : `${name}.npy`);
}

/** What a file is made from; left out, as numpy has it. */
export interface NpyParts {
  readonly header: string;
  readonly data?: Uint8Array;
  readonly version?: readonly [number, number];
}

/** A `.npy` file with any text as its header, and not padded. */
export function npyBytes({ header, data, version = [1, 0] }: NpyParts) {
  const text = new TextEncoder().encode(header);
  const prefix = version[0] === 1 ? 10 : 12;
  const body = data ?? new Uint8Array();
  const bytes = new Uint8Array(prefix + text.length + body.length);
  bytes.set([0x93, ...new TextEncoder().encode("NUMPY"), ...version]);
  const view = new DataView(bytes.buffer);
  if (version[0] === 1) view.setUint16(8, text.length, true);
  else view.setUint32(8, text.length, true);
  bytes.set(text, prefix);
  bytes.set(body, prefix + text.length);
  return bytes;
}

/** Runs a test with the path of a temporary file that holds some bytes. */
export async function withFile(
  bytes: Uint8Array,
  test: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "array.npy");
    await Deno.writeFile(path, bytes);
    await test(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
