/**
 * Bytes of a file below `/dev` or `/proc`: a pipe such as `/dev/fd/63`, or what
 * Linux says of a process. Deno opens such files for `--allow-all` only, so
 * `cat` reads them; the program needs `--allow-run=cat`.
 *
 * @throws {Error} with the reason of `cat` if the file cannot be read
 */
export function readSpecialFile(path: string): Uint8Array<ArrayBuffer> {
  const { success, stdout, stderr } = new Deno.Command("cat", {
    args: ["--", path],
    // For /dev/stdin.
    stdin: "inherit",
    // Where LD_LIBRARY_PATH is set, Deno lets no child have it that
    // `--allow-run` lists by name.
    clearEnv: true,
  }).outputSync();
  if (success) return stdout;
  throw new Error(new TextDecoder().decode(stderr).trim());
}

/** Whether a path, made absolute, lies where `readSpecialFile` is needed. */
export function isSpecialFile(path: string): boolean {
  return /^\/(dev|proc|sys)\//.test(path);
}
