/** Counts of tests, as reported by `deno test`. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * Parses the counts in the last line of `deno test`; undefined if there is none, for
 * example because the process ended early.
 *
 * @param output output of `deno test` without colours
 */
export function countsOf(output: string): Counts | undefined {
  const line = output.match(/^(ok|FAILED) \| \d+ passed.*$/gm)?.at(-1);
  if (line === undefined) return undefined;
  const count = (word: string) =>
    Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  return {
    passed: count("passed"),
    failed: count("failed"),
    skipped: count("ignored"),
  };
}

/**
 * Formats the total counts of all processes as 'N passed, N failed', with
 * ', N skipped' if there are any; undefined if a process has none or no test ran.
 */
export function summaryLine(
  counts: readonly (Counts | undefined)[],
): string | undefined {
  if (counts.includes(undefined)) return undefined;
  const sum = (name: keyof Counts) =>
    counts.reduce((total, each) => total + each![name], 0);
  const [passed, failed, skipped] = [
    sum("passed"),
    sum("failed"),
    sum("skipped"),
  ];
  if (passed + failed === 0) return undefined;
  const rest = skipped === 0 ? "" : `, ${skipped} skipped`;
  return `${passed} passed, ${failed} failed${rest}`;
}

/**
 * Returns the section in which `deno test` shows each failed test with its error;
 * empty if there is none.
 *
 * @param output output of `deno test` without colours
 */
export function failuresIn(output: string): string {
  return /^ ERRORS $\s*^([^]*?)\s*^ FAILURES $/m.exec(output)?.[1] ?? "";
}
