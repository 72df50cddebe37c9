import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";

/**
 * The files of the project whose names end in a certain way, below a folder.
 *
 * @param folder such as `tests/fixtures/scores`
 */
export function sampleFiles(
  folder: string,
  ending: RegExp,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const names = [...Deno.readDirSync(join(ROOT, folder))]
    .map(({ name }) => name).filter((name) => ending.test(name)).sort();
  return Promise.all(
    names.map((name) => Deno.readFile(join(ROOT, folder, name))),
  );
}

/** The UTF-8 bytes of JSON values. */
export function jsonFiles(...values: unknown[]): Uint8Array<ArrayBuffer>[] {
  return values.map((value) => textFile(JSON.stringify(value, null, 2)));
}

/** The UTF-8 bytes of a text. */
export function textFile(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
