import { relative, resolve, sep } from "node:path";
import { userFolders } from "../../files/user_folders.ts";

/** An error of the system about a file that cannot be written, with its path. */
const NOT_WRITTEN =
  /^(?:Permission denied|Operation not permitted|Read-only file system|No space left on device|Disk quota exceeded|File too large) .*'([^']+)'$/;

/**
 * What to do about an error, to be added to its message: another folder for results that
 * cannot be written. Empty for other errors.
 */
export function writeRemedy(message: string): string {
  const path = NOT_WRITTEN.exec(message)?.[1];
  if (path === undefined) return "";
  const inside = relative(
    resolve(userFolders().ILS_RESULTS_DIR ?? "results"),
    resolve(path),
  );
  if (inside === ".." || inside.startsWith(`..${sep}`)) return "";
  return "; set ILS_RESULTS_DIR to an existing folder that can be written to";
}
