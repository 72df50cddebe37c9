/**
 * The content of a file in `/dev` or `/proc`, such as a pipe `/dev/fd/63` or the
 * status of a process. Deno opens such files only with `--allow-all`, so `cat` reads
 * them; the program needs `--allow-run=cat`.
 *
 * @throws {Deno.errors.NotFound} if there is no such file
 * @throws {Deno.errors.IsADirectory} if it is a folder
 * @throws {Error} with the message of `cat`, if it cannot be read otherwise
 */
export function readSpecialFile(path: string): Uint8Array<ArrayBuffer> {
  const { success, stdout, stderr } = new Deno.Command("cat", {
    args: ["--", path],
    // Required for /dev/stdin.
    stdin: "inherit",
    // Deno does not pass LD_LIBRARY_PATH to programs that `--allow-run` lists by
    // name.
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

/** Whether an absolute path needs `readSpecialFile`. */
export function isSpecialFile(path: string): boolean {
  return /^\/(dev|proc|sys)\//.test(path);
}
