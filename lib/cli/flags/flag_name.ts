/** Returns `--batch-size` for `batchSize`. */
export function flagName(key: string): string {
  const dashed = key.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);
  return `--${dashed}`;
}
