/**
 * The count of `deno test`'s last line as 'N passed, N failed', with
 * ', N skipped' where tests were; undefined if it countRuns none.
 *
 * @param output what `deno test` printed, without colours
 */
export function summaryLine(output: string): string | undefined {
  const line = output.match(/^(ok|FAILED) \| \d+ passed.*$/gm)?.at(-1);
  if (line === undefined) return undefined;
  const count = (word: string) =>
    Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  const [passed, failed, ignored] = ["passed", "failed", "ignored"].map(count);
  if (passed + failed === 0) return undefined;
  const skipped = ignored === 0 ? "" : `, ${ignored} skipped`;
  return `${passed} passed, ${failed} failed${skipped}`;
}
