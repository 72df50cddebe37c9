/**
 * Bytes of a file below `/dev` or `/proc`: a pipe such as `/dev/fd/63`, or what
 * Linux says of a process. Deno opens such files for `--allow-all` only, so
 * `cat` reads them; the program needs `--allow-run=cat`.
 *
 * @throws {Deno.errors.NotFound} if there is no such file
 * @throws {Deno.errors.IsADirectory} if it is a folder
 * @throws {Error} with the reason of `cat` if it cannot be read otherwise
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
  const reason = new TextDecoder().decode(stderr).trim();
  if (reason.endsWith("No such file or directory")) {
    throw new Deno.errors.NotFound(reason);
  }
  if (reason.endsWith("Is a directory")) {
    throw new Deno.errors.IsADirectory(reason);
  }
  throw new Error(reason);
}

/** Whether a path, made absolute, lies where `readSpecialFile` is needed. */
export function isSpecialFile(path: string): boolean {
  return /^\/(dev|proc|sys)\//.test(path);
}
