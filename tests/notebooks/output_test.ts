import assert from "node:assert/strict";
import { join } from "node:path";
import { resultsFolder, savers } from "../../notebooks/output.ts";
import { environment } from "../environment.ts";
import { ROOT } from "../../lib/files/project_root.ts";

Deno.test("notebooks save in a scratch folder unless reproduce runs them", () => {
  const scratch = join(ROOT, "results", "scratch", "quick");
  assert.equal(resultsFolder("quick", undefined), scratch);
  assert.equal(resultsFolder("quick", ""), scratch);
  const report = join(ROOT, "results");
  assert.equal(resultsFolder("quick", report), join(report, "quick"));
});

Deno.test("notebooks save below ILS_RESULTS_DIR if it is set", () => {
  const folder = Deno.makeTempDirSync();
  try {
    using _ = environment({ ILS_RESULTS_DIR: folder });
    assert.equal(resultsFolder("quick", ""), join(folder, "scratch", "quick"));
  } finally {
    Deno.removeSync(folder);
  }
});

Deno.test("git ignores the scratch folder", async () => {
  const { code } = await new Deno.Command("git", {
    args: [
      "check-ignore",
      "--quiet",
      join(resultsFolder("quick", ""), "x.svg"),
    ],
    cwd: ROOT,
  }).output();
  assert.equal(code, 0);
});

Deno.test("savers() write into the folder that ILS_RESULTS names", async () => {
  const folder = await Deno.makeTempDir();
  Deno.env.set("ILS_RESULTS", folder);
  try {
    await savers("toy").saveText("01-text", ["One.", "Two."]);
    const text = await Deno.readTextFile(
      join(folder, "toy", "tables", "01-text.md"),
    );
    assert.equal(text, "- One.\n- Two.\n");
  } finally {
    Deno.env.delete("ILS_RESULTS");
    await Deno.remove(folder, { recursive: true });
  }
});
