import { join } from "node:path";

/**
 * Names of the files in a folder that `deno test` runs.
 *
 * @see https://docs.deno.com/runtime/reference/cli/test/
 */
const TEST_FILE = /(^|[._])test\.(ts|tsx|mts|js|mjs|jsx)$/;

/** Returns the test files below a folder, sorted by path. */
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
 * Splits files into batches, one per process, in the order in which to start them:
 * each slow file alone, the slowest first, then the others together. Thus processes
 * that start late are short.
 *
 * @param slow processor time in seconds by path
 * @param size maximum number of files in a batch
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
