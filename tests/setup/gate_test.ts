import { deepStrictEqual, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { TESTED_DENO } from "../../lib/engine/platform.ts";

const read = (name: string) =>
  Deno.readTextFileSync(
    fileURLToPath(new URL(`../../${name}`, import.meta.url)),
  );

Deno.test("CI runs the test command of the README", () => {
  const command = /^(?:npx -y deno@[\d.]+|deno) (task test)\b/m
    .exec(read("README.md"))?.[1];
  ok(command !== undefined, "README.md shows no test command");
  ok(read(".ci/run").includes(`deno ${command}`));
});

Deno.test("every task in the README exists", () => {
  const { tasks } = JSON.parse(read("deno.json"));
  const shown = read("README.md").matchAll(
    /\bdeno(?:@[\d.]+)? task (\w+)/g,
  );
  for (const [command, name] of shown) ok(name in tasks, command);
});

Deno.test("documents and CI name the tested version of Deno", () => {
  const named = [
    ...["README.md", "docs/install.md", ".ci/run", "Dockerfile"],
    ".github/workflows/ci.yml",
  ].flatMap((file) =>
    [...read(file).matchAll(/\bdeno@([\d.]*\d)/g)]
      .map(([, version]) => `${file} ${version}`)
  );
  ok(named.some((line) => line.startsWith("README.md ")));
  ok(named.some((line) => line.startsWith(".ci/run ")));
  deepStrictEqual(
    named.filter((line) => !line.endsWith(` ${TESTED_DENO}`)),
    [],
  );
});
