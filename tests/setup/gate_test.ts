import { ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";

const read = (name: string) =>
  Deno.readTextFileSync(
    fileURLToPath(new URL(`../../${name}`, import.meta.url)),
  );

Deno.test("CI runs the test command that the README shows", () => {
  const command = /^(?:npx -y deno@[\d.]+|deno) (task test)\b/m
    .exec(read("README.md"))?.[1];
  ok(command !== undefined, "README.md shows no test command");
  ok(read(".ci/run").includes(`deno ${command}`));
});

Deno.test("every task that the README shows is there", () => {
  const { tasks } = JSON.parse(read("deno.json"));
  const shown = read("README.md").matchAll(
    /\bdeno(?:@[\d.]+)? task (\w+)/g,
  );
  for (const [command, name] of shown) ok(name in tasks, command);
});

Deno.test("the README and CI name the same version of Deno", () => {
  const versions = ["README.md", ".ci/run"].flatMap((name) =>
    [...read(name).matchAll(/\bdeno@([\d.]*\d)/g)].map(([, version]) => version)
  );
  ok(new Set(versions).size === 1, versions.join(", "));
});
