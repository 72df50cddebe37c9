import { ROOT } from "../../files/project_root.ts";
import { resultsRoot } from "../../files/user_folders.ts";

/**
 * Calls a function that measures costs, with temporary files in the only folder that
 * this task may write to. Processes started later do not inherit it: those of
 * notebooks may not write there.
 */
export async function measuring<Result>(
  work: () => Promise<Result>,
): Promise<Result> {
  const before = Deno.env.get("ILS_TMPDIR");
  Deno.env.set("ILS_TMPDIR", resultsRoot(ROOT));
  try {
    return await work();
  } finally {
    if (before === undefined) Deno.env.delete("ILS_TMPDIR");
    else Deno.env.set("ILS_TMPDIR", before);
  }
}
