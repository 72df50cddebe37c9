/** The arguments of the benchmarks, as the task runs them. */
import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { readPage } from "../../tools/bench/page.ts";
import { permissionsOf } from "../tasks.ts";

async function bench(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", ...permissionsOf("bench"), "tools/bench/main.ts"],
      ...args,
    ],
    cwd: ROOT,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** The benchmarks with the common flags. */
const NAMES = [
  ...["training", "epochs", "throughput", "memory", "synthetic"],
  ...["calibration", "metrics", "tsne"],
];

for (const name of NAMES) {
  Deno.test(`bench ${name} refuses a wrong number of rounds in one line`, async () => {
    deepStrictEqual(await bench(name, "--python", "p", "--rounds", "0"), {
      code: 2,
      stdout: "",
      stderr: "--rounds must be a whole number of at least 1: current value " +
        "is 0\n",
    });
  });

  Deno.test(`bench ${name} --help has the common flags and installs nothing`, async () => {
    const { code, stdout, stderr } = await bench(name, "--help");
    deepStrictEqual([code, stderr], [0, ""]);
    for (const flag of ["python", "rounds", "json"]) {
      match(stdout, new RegExp(`^  --${flag}\\b`, "m"));
    }
  });
}

for (
  const [args, message] of [
    [
      ["nothing"],
      /^--name must be one of .*training.*: current value is nothing\n$/,
    ],
    [["--only", "tsne,tsne"], /^--only must not repeat a value: .*\n$/],
    [
      ["--rounds", "many"],
      /^--rounds must be a number: current value is many\n$/,
    ],
    [["--threads", "2"], /^Unknown flag --threads.*\n$/],
    [
      ["training", "--python", "p", "--networks", "lenet5"],
      /^--networks must be one of mlp, .*: current value is lenet5, did you mean lenet\?\n$/,
    ],
  ] as const
) {
  Deno.test(`bench ${args.join(" ")} exits with code 2 and prints one line`, async () => {
    const { code, stdout, stderr } = await bench(...args);
    deepStrictEqual([code, stdout], [2, ""]);
    match(stderr, message);
  });
}

Deno.test("bench --help and docs/performance.md name every benchmark", async () => {
  const { code, stdout } = await bench("--help");
  strictEqual(code, 0);
  const page = await Deno.readTextFile(join(ROOT, "docs/performance.md"));
  const names = [...Deno.readDirSync(join(ROOT, "bench"))]
    .flatMap(({ name }) => /^(\w+)\.ts$/.exec(name)?.[1] ?? []);
  for (const name of names) {
    match(stdout, new RegExp(`\\b${name}\\b`));
    match(page, new RegExp(`^\\| \`${name}\` `, "m"));
  }
});

Deno.test("docs/performance.md has a place for the measurements", async () => {
  await readPage(join(ROOT, "docs/performance.md"));
});
