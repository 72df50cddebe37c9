import { join, relative, resolve } from "node:path";
import { BadInput } from "../bad_input.ts";
import { isFolder } from "./folders.ts";

const RESULTS = "ILS_RESULTS_DIR";

/** Environment variables that name a folder. */
const VARIABLES = [RESULTS, "ILS_DATA_DIR"];

/**
 * Returns a path that the user gave. A relative one starts in their current
 * folder, which is in `INIT_CWD`: a Deno task itself runs in the project's folder.
 */
export function userPath(text: string): string {
  const folder = Deno.env.get("INIT_CWD");
  if (!folder || relative(folder, Deno.cwd()) === "") return text;
  return resolve(folder, text);
}

/**
 * Makes the paths in `ILS_RESULTS_DIR` and `ILS_DATA_DIR` absolute, for this
 * process and for those that it starts in other folders.
 */
export function settleUserFolders(): void {
  for (const [name, path] of Object.entries(userFolders())) {
    Deno.env.set(name, path);
  }
}

/** Returns the absolute paths of those that are set, by variable. */
export function userFolders(): Record<string, string> {
  return Object.fromEntries(VARIABLES.flatMap((name) => {
    const text = Deno.env.get(name);
    return text ? [[name, resolve(userPath(text))]] : [];
  }));
}

/**
 * Returns the folder of all results: the one that `ILS_RESULTS_DIR` names, else
 * `results` below a folder.
 *
 * @param base the project's folder; by default the current one
 * @throws {BadInput} if `ILS_RESULTS_DIR` does not name a folder
 */
export function resultsRoot(base = ""): string {
  const folder = Deno.env.get(RESULTS);
  if (!folder) return join(base, "results");
  if (isFolder(folder)) return folder;
  throw new BadInput(
    `Cannot use results as ${RESULTS} must name a folder: current value is ` +
      folder,
  );
}

/**
 * Throws if `ILS_RESULTS_DIR` is set and no file can be created there.
 *
 * @throws {BadInput}
 */
export function checkResultsWritable(): void {
  if (!Deno.env.get(RESULTS)) return;
  const folder = resultsRoot();
  try {
    // The permissions of a path do not show a disk that is read-only or full.
    Deno.removeSync(Deno.makeTempFileSync({ dir: folder, prefix: ".ils-" }));
  } catch (error) {
    const reason = error instanceof Deno.errors.NotCapable
      ? "tasks have no permission to write there"
      : (error as Error).message.split(":")[0];
    throw new BadInput(
      `Cannot write results as ${RESULTS} must name a folder that can be ` +
        `written to: current value is ${folder} (${reason})`,
    );
  }
}
