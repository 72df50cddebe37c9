/** `ils verify` without runs; with all of them, it executes every notebook. */
import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../../lib/files/project_root.ts";
import { readManifest } from "../../../lib/reproduce/manifest.ts";
import { ils, inFolder } from "../program.ts";

const QUICK = join(ROOT, "results", "quick");

Deno.test("ils verify names missing runs, grouped and counted, and fails", () =>
  inFolder(async (cwd) => {
    const { runs, notebooks } = (await readManifest(QUICK))!;
    const args = ["verify", QUICK, "--runs", cwd];
    const { code, stdout, stderr } = await ils(args, { cwd });
    assert.equal(code, 1);
    const lines = stdout.trimEnd().split("\n");
    const counts = lines.filter((line) => line.startsWith("missing run"))
      .map((line) => Number(/: (\d+)$/.exec(line)?.[1] ?? 1));
    assert.equal(counts.reduce((a, b) => a + b), runs.length);
    assert(lines.length < runs.length);
    for (const { name } of notebooks) {
      assert(lines.includes(`${name}: tables not recomputed`));
    }
    assert.match(stderr, new RegExp(`^quick: .* ${runs.length} × missing run`));
    assert.equal(stderr.trimEnd().split("\n").length, 1);
  }));

Deno.test("ils verify finds files that differ from the manifest", () =>
  inFolder(async (cwd) => {
    const folder = join(cwd, "quick");
    await cp(QUICK, folder, { recursive: true });
    const scores = join("tables", "03-scores.csv");
    await Deno.writeTextFile(join(folder, scores), "method\r\n");
    await Deno.remove(join(folder, "figures", "02-idea.svg"));
    const args = ["verify", folder, "--runs", cwd, "--json"];
    const { code, stdout } = await ils(args, { cwd });
    assert.equal(code, 1);
    const { verified, changed } = JSON.parse(stdout);
    assert.equal(verified, false);
    assert.deepEqual(changed, [
      "figures/02-idea.svg is missing",
      `${scores} has changed`,
      // The index was made from the tables.
      "index.html shows other data",
    ]);
  }));

Deno.test("ils verify counts notebooks that are not committed, and names other missing files", () =>
  inFolder(async (cwd) => {
    const folder = join(cwd, "results", "standard");
    await cp(QUICK, folder, { recursive: true });
    const git = async (...args: string[]) => {
      const { success } = await new Deno.Command("git", { args, cwd }).output();
      assert(success);
    };
    await git("init", "-q");
    await Deno.copyFile(join(ROOT, ".gitignore"), join(cwd, ".gitignore"));
    const { notebooks } = (await readManifest(folder))!;
    const copies = notebooks.map(({ name }) => `notebooks/${name}.ipynb`);
    for (const copy of copies) await Deno.remove(join(folder, copy));
    await Deno.remove(join(folder, "notebooks", `${notebooks[0].name}.html`));
    const args = ["verify", folder, "--runs", cwd];
    const { stdout } = await ils(args, { cwd });
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines.at(-1), `not committed: ${copies.length} notebooks`);
    assert.deepEqual(
      lines.filter((line) => line.endsWith(" is missing")),
      [`notebooks/${notebooks[0].name}.html is missing`],
    );
    // Elsewhere they are files like others.
    await Deno.remove(join(cwd, ".gitignore"));
    const { stdout: all } = await ils(args, { cwd });
    assert.equal(all.match(/ is missing$/gm)?.length, copies.length + 1);
    assert(!all.includes("not committed"));
  }));

Deno.test("ils verify says so if a manifest of an older version has no hashes", () =>
  inFolder(async (cwd) => {
    const folder = join(cwd, "quick");
    await cp(QUICK, folder, { recursive: true });
    const path = join(folder, "manifest.json");
    const { checksum: _, notebooks, ...rest } = JSON.parse(
      await Deno.readTextFile(path),
    );
    const older = notebooks.map((one: object) => ({
      ...one,
      outputs: undefined,
    }));
    await Deno.writeTextFile(
      path,
      JSON.stringify({ ...rest, notebooks: older }),
    );
    const args = ["verify", folder, "--runs", cwd, "--json"];
    const { code, stdout } = await ils(args, { cwd });
    assert.equal(code, 1);
    const { files, changed, unhashed } = JSON.parse(stdout);
    assert.deepEqual([files, changed], [0, []]);
    assert.equal(unhashed.length, notebooks.length);
  }));

Deno.test("ils verify refuses a folder without a manifest", () =>
  inFolder(async (cwd) => {
    const { code, stderr } = await ils(["verify", cwd], { cwd });
    assert.equal(code, 2);
    assert.match(stderr, /^Cannot verify .*no manifest\.json\n$/);
  }));
