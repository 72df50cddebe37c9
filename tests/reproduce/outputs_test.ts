import assert from "node:assert/strict";
import { join } from "node:path";
import { removeStale, savedVersions } from "../../lib/reproduce/outputs.ts";
import { inFolder } from "../cli/program.ts";

/** Removes a file as soon as it has been looked at, or before, until disposed. */
function vanishing(path: string, when: "before" | "after"): Disposable {
  const { stat } = Deno;
  Object.assign(Deno, {
    stat: async (found: string) => {
      if (found !== path) return await stat(found);
      if (when === "before") await Deno.remove(path);
      const info = await stat(found);
      await Deno.remove(path);
      return info;
    },
  });
  return { [Symbol.dispose]: () => void Object.assign(Deno, { stat }) };
}

for (const when of ["before", "after"] as const) {
  Deno.test(`a saved file that another process removes ${when} it was looked at is no error`, () =>
    inFolder(async (folder) => {
      const tables = join(folder, "tables");
      await Deno.mkdir(tables);
      for (const name of ["03-a.csv", "03-b.csv", "04-a.csv"]) {
        await Deno.writeTextFile(join(tables, name), "");
      }
      const before = await savedVersions(folder, "03_scores");
      assert.deepEqual([...before.keys()].sort(), [
        "tables/03-a.csv",
        "tables/03-b.csv",
      ]);
      using _ = vanishing(join(tables, "03-a.csv"), when);
      await removeStale(folder, "03_scores", before);
      assert.deepEqual([...Deno.readDirSync(tables)].map(({ name }) => name), [
        "04-a.csv",
      ]);
    }));
}
