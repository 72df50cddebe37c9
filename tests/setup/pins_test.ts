import { deepStrictEqual, match, ok } from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  buildArguments,
  snakemakeArguments,
} from "../../tools/setup/cluster_environment.ts";
import { TENSORFLOW, VENV_PYTHON } from "../../tools/setup/paths.ts";
import {
  jupyterArguments,
  tensorflowArguments,
} from "../../tools/setup/python_environment.ts";

const read = (name: string) =>
  Deno.readTextFileSync(
    fileURLToPath(new URL(`../../${name}`, import.meta.url)),
  );

Deno.test("package-lock.json has versions and checksums but no URLs", () => {
  const { packages } = JSON.parse(read("package-lock.json"));
  const entries: [string, { resolved?: string; integrity?: string }][] = Object
    .entries(packages);
  for (const [name, { resolved, integrity }] of entries) {
    deepStrictEqual(resolved, undefined, name);
    ok(name === "" || integrity !== undefined, name);
  }
});

Deno.test("deno.lock has the npm that set-up falls back on but no URLs", () => {
  const text = read("deno.lock");
  ok(!text.includes("://"));
  const [used] = /npm:npm@[\d.]+/.exec(read("tools/setup/prerequisites.ts")) ??
    [];
  ok(used !== undefined && used in JSON.parse(text).specifiers);
});

Deno.test("package-lock.json replaces danfojs' xlsx and request by an empty package", () => {
  const { packages } = JSON.parse(read("package-lock.json"));
  const entries: [string, { name?: string }][] = Object.entries(packages);
  for (const replaced of ["xlsx", "request"]) {
    const found = entries
      .filter(([path]) => path.endsWith(`node_modules/${replaced}`));
    ok(found.length > 0, replaced);
    for (const [path, { name }] of found) {
      deepStrictEqual(name, "empty-npm-package", path);
    }
  }
});

Deno.test("node_modules contains neither xlsx nor request", () => {
  const entries: Record<string, { version: string }> = JSON.parse(
    read("node_modules/.package-lock.json"),
  ).packages;
  for (const path of Object.keys(entries)) {
    if (!/node_modules\/(xlsx|request)$/.test(path)) continue;
    const { name } = JSON.parse(read(join(path, "package.json")));
    deepStrictEqual(name, "empty-npm-package", path);
  }
});

const LOCKS = [
  "requirements/jupyter",
  "requirements/tensorflow-cpu",
  "requirements/tensorflow-cuda",
  "requirements/cluster-build",
  "requirements/cluster",
  "bench/peers/requirements",
];

/** Requirements of a list or a lock file: name, version, marker and hashes. */
function requirementsOf(path: string) {
  const lines = read(path).replaceAll(/^\s*#.*\n/gm, "")
    .replaceAll(/\\\n\s*/g, "").split("\n").filter((line) => line !== "");
  return lines.map((line) => {
    const [requirement, ...hashes] = line.split(/\s*--hash=/);
    const [pin, marker] = requirement.split(/\s*;\s*/);
    return { pin, marker: marker?.replaceAll("'", '"'), hashes };
  });
}

for (const name of LOCKS) {
  const lock = `${name}.txt`;

  Deno.test(`${lock} pins every package to one version with hashes`, () => {
    const pinned = requirementsOf(lock);
    ok(pinned.length > 0);
    for (const { pin, hashes } of pinned) {
      match(pin, /^[\w.-]+==[\w.]+$/);
      ok(hashes.length > 0, pin);
      for (const hash of hashes) match(hash, /^sha256:[0-9a-f]{64}$/);
    }
    ok(!read(lock).includes("://"));
  });
}

Deno.test("each Python lock file pins the packages of its list", () => {
  for (const name of LOCKS) {
    const pinned = requirementsOf(`${name}.txt`)
      .map(({ pin, marker }) => JSON.stringify({ pin, marker }));
    for (const { pin, marker } of requirementsOf(`${name}.in`)) {
      match(pin, /^[\w.-]+==[\w.]+$/);
      ok(pinned.includes(JSON.stringify({ pin, marker })), `${name}: ${pin}`);
    }
  }
});

Deno.test("pip checks hashes, builds nothing and uses the same wheel for any Python", () => {
  const libraries = tensorflowArguments("cpu");
  for (
    const args of [libraries, tensorflowArguments("cuda"), jupyterArguments()]
  ) {
    ok(args.includes("--require-hashes"));
    ok(args.includes("--only-binary=:all:"));
  }
  ok(libraries.includes("--python-version=3.13"));
  ok(libraries.includes("--abi=cp313"));
  ok(libraries.includes("--no-deps"));
});

Deno.test("pip builds one package of Snakemake, with the pinned setuptools", () => {
  const args = snakemakeArguments();
  ok(args.includes("--require-hashes"));
  // Without isolation, pip downloads nothing to build with.
  deepStrictEqual(args.filter((arg) => /binary|isolation/.test(arg)), [
    "--only-binary=:all:",
    "--no-binary=connection-pool",
    "--no-build-isolation",
  ]);
  ok(buildArguments().includes("--only-binary=:all:"));
});

Deno.test("TensorFlow's libraries in .venv come from the wheel for Python 3.13", () => {
  const folder = [...Deno.readDirSync(TENSORFLOW)]
    .find(({ name }) => /^tensorflow.*\.dist-info$/.test(name))?.name;
  ok(folder !== undefined);
  const wheel = Deno.readTextFileSync(join(TENSORFLOW, folder, "WHEEL"));
  match(wheel, /^Tag: cp313-cp313-manylinux/m);
});

/** A Python script that writes a wheel with one module and prints its hash. */
const MAKE_WHEEL = `
import hashlib, sys, zipfile
path = sys.argv[1] + "/toy-1.0-py3-none-any.whl"
info = "toy-1.0.dist-info/"
with zipfile.ZipFile(path, "w") as wheel:
    wheel.writestr("toy.py", "")
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: toy\\nVersion: 1.0\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
    wheel.writestr(info + "RECORD", "")
print(hashlib.sha256(open(path, "rb").read()).hexdigest())
`;

Deno.test("pip installs a wheel with the pinned hash and refuses others", async () => {
  const folder = await Deno.makeTempDir();
  const python = async (...args: string[]) => {
    const { success, stdout, stderr } = await new Deno.Command(VENV_PYTHON, {
      args,
    }).output();
    const text = new TextDecoder();
    return { success, output: text.decode(stdout) + text.decode(stderr) };
  };
  const install = async (hash: string) => {
    const list = join(folder, "list.txt");
    await Deno.writeTextFile(list, `toy==1.0 --hash=sha256:${hash}\n`);
    const args = jupyterArguments().map((arg) =>
      arg.startsWith("--requirement=") ? `--requirement=${list}` : arg
    );
    const local = ["--no-index", `--find-links=${folder}`];
    const target = `--target=${join(folder, "installed")}`;
    return await python("-m", "pip", "install", ...local, target, ...args);
  };
  try {
    const made = await python("-c", MAKE_WHEEL, folder);
    ok(made.success, made.output);
    const foreign = await install("0".repeat(64));
    ok(!foreign.success);
    match(foreign.output, /DO NOT MATCH THE HASHES/);
    const pinned = await install(made.output.trim());
    ok(pinned.success, pinned.output);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
