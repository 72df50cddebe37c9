/** Remarks on the input as text, one per line. */
export function remarkLines(remarks: readonly string[]): string {
  return remarks.map((remark) => `Remark: ${remark}\n`).join("");
}
