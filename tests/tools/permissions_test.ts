/** Permissions of the tasks. */
import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join, relative } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { permissionsOf, TASKS } from "../tasks.ts";

/** Files that give all permissions, with the reason. */
const ALL: Readonly<Record<string, string>> = {
  "tools/pin_python.ts":
    "a maintainer's tool that runs pip; every lock file has its command",
  "tools/setup/prerequisites.ts":
    "npm, if run by Deno, starts scripts of packages",
  "tools/test/main.ts": "playwright-core reads /proc/sys, in tests of pages",
};

for (const [name, { command }] of Object.entries(TASKS)) {
  Deno.test(`deno task ${name} lists its permissions and never prompts`, () => {
    const words = command.split(" ");
    deepStrictEqual(words.slice(0, 2), ["deno", "run"]);
    ok(words.includes("--no-prompt"));
    ok(!words.some((word) => /^(-[A-Z]+|--allow-all|-P.*)$/.test(word)));
    // A network permission must name its hosts.
    ok(!words.includes("--allow-net"));
  });
}

Deno.test("no program starts another one with all permissions", () => {
  const all = ["lib", "tools", "bench"].flatMap(sources)
    .filter((path) =>
      /"(-A|--allow-all)"|deno run -A/.test(
        Deno.readTextFileSync(join(ROOT, path)),
      )
    );
  deepStrictEqual(all, Object.keys(ALL));
});

Deno.test("tasks may reach only the hosts of the data sets, and inspect serves this machine alone", () => {
  const hosts = new Set(
    sources("lib/data").flatMap((path) =>
      [
        ...Deno.readTextFileSync(join(ROOT, path))
          .matchAll(/"(https?:\/\/[^"]+)"/g),
      ]
        .map(([, address]) => new URL(address).host)
    ),
  );
  deepStrictEqual(netOf("ils"), [...hosts].sort());
  // Set-up downloads only Fashion-MNIST.
  const [host] = netOf("setup");
  match(host, /^fashion-mnist\./);
  deepStrictEqual([netOf("setup"), netOf("ready")], [[host], [host]]);
  for (const name of Object.keys(TASKS)) {
    if (["ils", "setup", "ready"].includes(name)) continue;
    const expected = name === "inspect" ? ["127.0.0.1"] : [];
    deepStrictEqual(netOf(name), expected, name);
  }
});

Deno.test("ready has the permissions of setup", () => {
  deepStrictEqual(permissionsOf("ready"), permissionsOf("setup"));
});

Deno.test("the command line has no access to other hosts and variables", async () => {
  const script = `
    const net = await Deno.connect({ hostname: "127.0.0.1", port: 9 })
      .catch((error) => error.name);
    console.log(net, Deno.env.get("TOKEN"), Deno.env.get("ILS_DATA_DIR"));`;
  const path = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(path, script);
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", ...permissionsOf("ils"), path],
      env: { TOKEN: "secret", ILS_DATA_DIR: "seen", NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const text = new TextDecoder();
    deepStrictEqual(
      text.decode(stdout),
      "NotCapable undefined seen\n",
      text.decode(stderr),
    );
  } finally {
    await Deno.remove(path);
  }
});

function netOf(task: string): string[] {
  return permissionsOf(task)
    .flatMap((word) => /^--allow-net=(.*)$/.exec(word)?.[1].split(",") ?? [])
    .sort();
}

/** TypeScript files below a folder, relative to the project folder. */
function sources(folder: string): string[] {
  return Array.from(Deno.readDirSync(join(ROOT, folder)))
    .flatMap(({ name, isDirectory }) => {
      const path = join(folder, name);
      if (isDirectory) return sources(path);
      return name.endsWith(".ts") ? [relative(".", path)] : [];
    })
    .sort();
}
