/** Git's filter of notebooks, in a repository of its own. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";

const FILTER = `'${Deno.execPath()}' run --quiet '${
  join(ROOT, "tools", "clean_notebook.ts")
}'`;

/** A repository with one committed notebook. */
async function repository() {
  const root = await Deno.makeTempDir({ prefix: "ils-git-" });
  const git = async (...args: string[]) => {
    const { success, stdout, stderr } = await new Deno.Command("git", {
      args: ["-c", "user.name=n", "-c", "user.email=e", ...args],
      cwd: root,
    }).output();
    const text = new TextDecoder();
    assert(success, text.decode(stderr));
    return text.decode(stdout);
  };
  await git("init", "--quiet");
  await git("config", "filter.ils-notebook.clean", FILTER);
  await Deno.mkdir(join(root, "notebooks"));
  const copied = "notebooks/01_teacher.ipynb";
  for (const path of [".gitattributes", copied]) {
    await Deno.copyFile(join(ROOT, path), join(root, path));
  }
  await git("add", ".");
  await git("commit", "--quiet", "--message=one");
  return {
    git,
    path: join(root, copied),
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

Deno.test("git commits edited cells and nothing that JupyterLab adds to a notebook", async () => {
  await using project = await repository();
  const { git, path } = project;
  const raw = JSON.parse(await Deno.readTextFile(path));
  raw.metadata.language_info.version = "9.9";
  const code = raw.cells[1];
  code.execution_count = 1;
  code.outputs = [{ output_type: "stream", name: "stdout", text: ["hello\n"] }];
  code.metadata = { editable: true };
  await Deno.writeTextFile(path, JSON.stringify(raw, null, 2));
  assert.equal(await git("diff"), "");
  await git("add", ".");
  assert.equal(await git("status", "--porcelain"), "");
  code.source.push("\n// edited");
  await Deno.writeTextFile(path, JSON.stringify(raw, null, 2));
  assert.equal(
    await git("status", "--porcelain"),
    " M notebooks/01_teacher.ipynb\n",
  );
  await git("commit", "--all", "--quiet", "--message=two");
  const committed = await git("show", "HEAD:notebooks/01_teacher.ipynb");
  assert.match(committed, /edited/);
  assert.doesNotMatch(committed, /hello|9\.9|editable/);
});

Deno.test("git commits a damaged notebook unchanged", async () => {
  await using project = await repository();
  const { git, path } = project;
  const text = "<<<<<<< ours\n{}\n>>>>>>> theirs\n";
  await Deno.writeTextFile(path, text);
  await git("commit", "--all", "--quiet", "--message=two");
  assert.equal(await git("show", "HEAD:notebooks/01_teacher.ipynb"), text);
});
