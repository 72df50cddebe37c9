import { deepStrictEqual, ok } from "node:assert/strict";
import { fileURLToPath } from "node:url";

const read = (name: string) =>
  Deno.readTextFileSync(
    fileURLToPath(new URL(`../../${name}`, import.meta.url)),
  );

Deno.test("package-lock.json names versions and checksums, but no address", () => {
  const { packages } = JSON.parse(read("package-lock.json"));
  const entries: [string, { resolved?: string; integrity?: string }][] = Object
    .entries(packages);
  for (const [name, { resolved, integrity }] of entries) {
    deepStrictEqual(resolved, undefined, name);
    ok(name === "" || integrity !== undefined, name);
  }
});

Deno.test("deno.lock names the npm that set-up falls back on, but no address", () => {
  const text = read("deno.lock");
  ok(!text.includes("://"));
  const [used] = /npm:npm@[\d.]+/.exec(read("tools/setup/prerequisites.ts")) ??
    [];
  ok(used !== undefined && used in JSON.parse(text).specifiers);
});

for (
  const list of [
    "requirements/jupyter.txt",
    "requirements/tensorflow-cpu.txt",
    "requirements/tensorflow-cuda.txt",
  ]
) {
  Deno.test(`${list} pins every package to one version`, () => {
    const lines = read(list).split("\n")
      .filter((line) => line !== "" && !line.startsWith("#"));
    ok(lines.length > 0);
    const loose = lines.filter((line) =>
      !/^[\w.-]+==[\w.]+(; .+)?$/.test(line)
    );
    deepStrictEqual(loose, []);
  });
}

Deno.test("constraints.txt agrees with requirements.txt", () => {
  const constraints = read("constraints.txt").split("\n");
  for (const line of read("requirements.txt").split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    ok(constraints.includes(line), line);
  }
});
