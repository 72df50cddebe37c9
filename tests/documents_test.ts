/** Tests, commands and files to which documents refer exist. */
import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { ROOT } from "../lib/files/project_root.ts";
import { parseCommandLine } from "../lib/cli/flags/command_line.ts";
import { COMMANDS } from "../lib/cli/commands.ts";
import { toggle } from "../lib/cli/flags/flags.ts";
import { filesUnder } from "./module_graph.ts";

const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  ...["docs", "docs/decisions"].flatMap((folder) =>
    Array.from(Deno.readDirSync(join(ROOT, folder)), ({ name }) => name)
      .filter((name) => name.endsWith(".md")).map((name) => `${folder}/${name}`)
  ),
];

const read = (path: string) => Deno.readTextFileSync(join(ROOT, path));

/** The items of the list of defects, one line each. */
function defects(): string[] {
  const [, section] = read("docs/method.md").split(
    "\n## What the study's code",
  );
  return section.split(/\n(?=\d+\. |###)/).slice(1)
    .filter((part) => /^\d+\. /.test(part))
    .map((part) => part.replaceAll(/\s+/g, " "));
}

Deno.test("docs/method.md lists the study's 44 defects, each with a test", () => {
  const items = defects();
  assert.deepEqual(
    items.map((item) => parseInt(item)),
    Array.from({ length: 44 }, (_, i) => i + 1),
  );
  for (const item of items) assert.match(item, / — `tests\/\S+_test\.ts` "/);
});

Deno.test("every test that docs/method.md names exists", () => {
  for (const item of defects()) {
    const named = [...item.matchAll(/`(tests\/[^`]+)` "([^"]+)"/g)];
    // Every reference to a test has this form.
    assert.equal(named.length, item.match(/`tests\//g)?.length, item);
    for (const [, path, name] of named) {
      assert(
        read(path).replaceAll(/Deno\.test\(\s+/g, "Deno.test(")
          .includes(`Deno.test("${name}"`),
        `${path} has no test "${name}"`,
      );
    }
  }
});

/** Shell lines in a document, with continued lines joined. */
function shellLines(document: string): string[] {
  const blocks = read(document).matchAll(/```(?:sh|bash)\n(.*?)```/gs);
  return [...blocks].flatMap(([, block]) =>
    block.replaceAll("\\\n", " ").split("\n")
  );
}

/** The words after `deno task ils`, if the line is a complete command. */
function ilsWords(line: string): string[] | undefined {
  const shown = /\bdeno task ils (.*)/.exec(line.replace(/ +#.*/, ""));
  const words = shown?.[1].trim().split(/\s+/) ?? [];
  const complete = words.length > 0 && !words[0].startsWith("-") &&
    !words.includes("--help") && !words.includes("…");
  return complete ? words : undefined;
}

Deno.test("every ils command in a document is accepted by ils", async () => {
  let found = 0;
  // Replaces a folder of the reader's, which must exist to be accepted.
  const folder = await Deno.makeTempDir();
  try {
    for (const document of DOCUMENTS) {
      for (const line of shellLines(document)) {
        const words = ilsWords(line);
        if (words === undefined) continue;
        const [name, ...args] = words;
        assert(Object.hasOwn(COMMANDS, name), `${document}: ${line}`);
        const { summary, load } = COMMANDS[name];
        const command = await load();
        const flags = { ...command.flags, json: toggle("one JSON value") };
        const program = "deno task ils";
        const definition = { ...command, program, name, summary, flags };
        const withFolder = args.map((word, i) =>
          args[i - 1] === "--dataset" ? folder : word
        );
        try {
          parseCommandLine(args, definition);
        } catch {
          assert.doesNotThrow(
            () => parseCommandLine(withFolder, definition),
            line,
          );
        }
        found++;
      }
    }
  } finally {
    await Deno.remove(folder);
  }
  assert(found >= 3);
});

Deno.test("every file that a document links to exists", () => {
  let found = 0;
  for (const document of DOCUMENTS) {
    for (const [, link] of read(document).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:|^#/.test(link)) continue;
      const path = join(ROOT, dirname(document), link.replace(/#.*/, ""));
      assert.doesNotThrow(() => Deno.statSync(path), `${document}: ${link}`);
      found++;
    }
  }
  assert(found >= 10);
});

Deno.test("every module that a document names exists", () => {
  const modules = ["lib", "bench", "tests", "tools", "notebooks"]
    .flatMap((folder) => [...filesUnder(folder, ".ts")]);
  let found = 0;
  for (const document of DOCUMENTS) {
    for (const [, name] of read(document).matchAll(/`([\w./]+\.ts)`/g)) {
      if (name.includes("NAME")) continue;
      assert(
        modules.some((path) => `/${path}`.endsWith(`/${name}`)),
        `${document}: ${name}`,
      );
      found++;
    }
  }
  assert(found >= 30, `${found}`);
});
