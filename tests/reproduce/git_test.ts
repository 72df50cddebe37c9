import { deepStrictEqual, equal, match } from "node:assert/strict";
import { join } from "node:path";
import { git } from "../../lib/reproduce/git.ts";
import { commitOf } from "../../lib/reproduce/manifest.ts";
import { untrustedText } from "../../lib/cli/terminal/untrusted_text.ts";
import { uncommitted } from "../../lib/cli/verify/uncommitted.ts";
import { inFolder } from "../cli/program.ts";

/** Runs a test in a repository with one commit, in which `*.html` is ignored. */
function inRepository(test: (folder: string) => Promise<void>): Promise<void> {
  return inFolder(async (folder) => {
    const refuse = (reason: string) => {
      throw new Error(reason);
    };
    await Deno.writeTextFile(join(folder, ".gitignore"), "*.html\n");
    await git(folder, ["init", "--quiet"], refuse);
    await git(folder, ["add", "."], refuse);
    const author = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    await git(folder, [...author, "commit", "-qm", "first"], refuse);
    await test(folder);
  });
}

/** Has git take every folder for another user's, as its own tests do. */
async function ofAnotherUser(test: () => Promise<void>): Promise<void> {
  const name = "GIT_TEST_ASSUME_DIFFERENT_OWNER";
  Deno.env.set(name, "1");
  try {
    await test();
  } finally {
    Deno.env.delete(name);
  }
}

Deno.test("commitOf() returns the commit, and whether files differ from it", () =>
  inRepository(async (folder) => {
    const reasons: string[] = [];
    const commit = await commitOf(folder, (reason) => reasons.push(reason));
    match(commit!.hash, /^[0-9a-f]{40,64}$/);
    equal(commit!.dirty, false);
    await Deno.writeTextFile(join(folder, ".gitignore"), "");
    const changed = await commitOf(folder, (reason) => reasons.push(reason));
    deepStrictEqual(changed, { ...commit, dirty: true });
    deepStrictEqual(reasons, []);
  }));

Deno.test("without a repository there is no commit, and no message", () =>
  inFolder(async (folder) => {
    const reasons: string[] = [];
    equal(await commitOf(folder, (reason) => reasons.push(reason)), null);
    deepStrictEqual(reasons, []);
  }));

Deno.test("a repository that git does not trust gives no commit, and is named with the remedy", () =>
  inRepository((folder) =>
    ofAnotherUser(async () => {
      const found: string[] = [];
      equal(
        await commitOf(folder, (repository) => found.push(repository)),
        null,
      );
      const root = await Deno.realPath(folder);
      deepStrictEqual(found, [root]);
      equal(
        untrustedText(root),
        `git does not read ${root}, which belongs to another user; git config ` +
          `--global --add safe.directory '${root}' allows it`,
      );
    })
  ));

Deno.test("uncommitted() names ignored files, and says if git does not trust the folder", () =>
  inRepository(async (folder) => {
    const reasons: string[] = [];
    const find = () =>
      uncommitted(
        folder,
        ["a.html", "b.csv"],
        (reason) => reasons.push(reason),
      );
    deepStrictEqual(await find(), ["a.html"]);
    deepStrictEqual(reasons, []);
    await ofAnotherUser(async () => deepStrictEqual(await find(), []));
    equal(reasons.length, 1);
  }));
