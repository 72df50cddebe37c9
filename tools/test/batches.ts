import { join } from "node:path";

/**
 * The names that `deno test` takes for tests in a folder.
 *
 * @see https://docs.deno.com/runtime/reference/cli/test/
 */
const TEST_FILE = /(^|[._])test\.(ts|tsx|mts|js|mjs|jsx)$/;

/** Test files below a folder, sorted by path. */
export function testFiles(folder: string): string[] {
  return Array.from(Deno.readDirSync(folder)).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory) {
      return entry.name === "node_modules" ? [] : testFiles(path);
    }
    return TEST_FILE.test(entry.name) ? [path] : [];
  }).sort();
}

/**
 * The lists of files that one process each runs, in the order in which to start
 * them: slow files alone, the slowest first, then the others together. So no
 * process that starts late takes long.
 *
 * @param slow seconds of processor time by path
 * @param size most files of a process
 */
export function batchesOf(
  files: readonly string[],
  slow: Readonly<Record<string, number>>,
  size: number,
): string[][] {
  const alone = files.filter((file) => file in slow)
    .sort((a, b) => slow[b] - slow[a]);
  const others = files.filter((file) => !(file in slow));
  const batches = alone.map((file) => [file]);
  for (let at = 0; at < others.length; at += size) {
    batches.push(others.slice(at, at + size));
  }
  return batches;
}
