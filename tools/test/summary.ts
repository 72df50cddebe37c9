/** Counts of tests, as `deno test` reports them. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * The counts in the last line of `deno test`; undefined if there is none, as
 * when the process ended early.
 *
 * @param output what `deno test` printed, without colours
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
 * The counts of all processes together as 'N passed, N failed', with
 * ', N skipped' where tests were; undefined if a process gave none, or if no
 * test ran.
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
 * The section in which `deno test` lists the tests that failed; empty if there
 * is none.
 *
 * @param output what `deno test` printed, without colours
 */
export function failuresIn(output: string): string {
  return /^ FAILURES $\s*^([^]*?)\s*^FAILED \|/m.exec(output)?.[1] ?? "";
}
