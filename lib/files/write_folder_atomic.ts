import { basename, dirname, join } from "node:path";
import { BadInput } from "../bad_input.ts";
import { ignoreNotFound } from "./folders.ts";

/**
 * Makes a folder with what `fill` puts into it, so that it is there whole or
 * not at all: it is filled under another name beside it, then renamed.
 *
 * @throws {BadInput} if there is something of that name but an empty folder
 */
export async function writeFolderAtomic(
  folder: string,
  fill: (temporary: string) => Promise<void>,
): Promise<void> {
  await checkFree(folder);
  const above = dirname(folder);
  await Deno.mkdir(above, { recursive: true });
  const name = `${basename(folder)}.partial-${Deno.pid}`;
  const temporary = join(above, name);
  await Deno.mkdir(temporary);
  try {
    await fill(temporary);
    // What is there now is an empty folder, whose place another one may take.
    await Deno.rename(temporary, folder);
  } catch (error) {
    await Deno.remove(temporary, { recursive: true }).catch(() => {});
    throw error;
  }
}

/** Throws `BadInput` unless a path is free or an empty folder. */
export async function checkFree(folder: string): Promise<void> {
  try {
    for await (const { name } of Deno.readDir(folder)) {
      throw new BadInput(
        `Cannot write into ${folder} as it must be new or empty: ` +
          `it holds ${name}`,
      );
    }
  } catch (error) {
    ignoreNotFound(error);
  }
}
