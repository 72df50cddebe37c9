import { BadInput } from "../bad_input.ts";

/** Largest number of bytes that are read, 1 GiB: such files may be endless. */
const MOST_BYTES = 2 ** 30;

/**
 * The content of a file in `/dev` or `/proc`, such as a pipe `/dev/fd/63` or the
 * status of a process, or of a pipe or device elsewhere. Deno opens those files only
 * with `--allow-all`, so `head` reads them; the program needs `--allow-run=head`.
 *
 * @param options `most`: number of bytes it may have (1 GiB)
 * @throws {BadInput} if it has more
 * @throws {Deno.errors.NotFound} if there is no such file
 * @throws {Deno.errors.IsADirectory} if it is a folder
 * @throws {Error} with the reason, if it cannot be read otherwise
 */
export function readSpecialFile(
  path: string,
  { most = MOST_BYTES }: { readonly most?: number } = {},
): Uint8Array<ArrayBuffer> {
  const { success, stdout, stderr } = new Deno.Command("head", {
    args: ["-c", `${most + 1}`, "--", path],
    // Required for /dev/stdin.
    stdin: "inherit",
    // Deno does not pass LD_LIBRARY_PATH to programs that `--allow-run` lists by
    // name.
    clearEnv: true,
  }).outputSync();
  if (success && stdout.length <= most) return stdout;
  if (success) {
    throw new BadInput(
      `Cannot read ${path}: it has more than ${
        most / 2 ** 20
      } MiB, the limit ` +
        "for pipes and devices; write it to a file first",
    );
  }
  const reason = new TextDecoder().decode(stderr).trim();
  if (reason.endsWith("No such file or directory")) {
    throw new Deno.errors.NotFound(reason);
  }
  if (reason.endsWith("Is a directory")) {
    throw new Deno.errors.IsADirectory(reason);
  }
  throw new Error(reason.split(": ").at(-1));
}

/** Whether an absolute path needs `readSpecialFile`. */
export function isSpecialFile(path: string): boolean {
  return /^\/(dev|proc|sys)\//.test(path);
}

/** Whether a file is a pipe or device, which has no size and may be endless. */
export function isEndless({ isFile, isDirectory }: Deno.FileInfo): boolean {
  return !isFile && !isDirectory;
}
