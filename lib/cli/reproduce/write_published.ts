import { join } from "node:path";
import { runsFolder } from "../../runs/store.ts";
import { damageWarning } from "../terminal/warnings.ts";
import { profileFolder } from "../../reproduce/reproduce.ts";

/**
 * Writes the comparison of measured with published results into the results of
 * a group of profiles.
 *
 * @param root the project's folder
 * @param log called with one line for each damaged run, which is skipped
 * @returns the path of the page
 */
export async function writePublished(
  root: string,
  group: string,
  log: (text: string) => void,
): Promise<string> {
  const { tableContent } = await import("../commands/table/table_content.ts");
  const { writeTables } = await import("../commands/table/table_files.ts");
  const folder = join(profileFolder(root, group), "tables");
  await Deno.mkdir(folder, { recursive: true });
  const content = await tableContent(
    { runs: runsFolder(root) },
    damageWarning({ log }),
  );
  const files = ["html", "md", "csv", "json"]
    .map((ending) => join(folder, `published.${ending}`));
  await writeTables(files, content);
  return files[0];
}
