/**
 * The reference of the public modules: `deno doc --lint` is clean, every
 * function has an example, every parameter a name, and the examples run.
 */
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { modulesBehind, packageConfig } from "../../tools/package_modules.ts";

const PATHS = Object.values((await packageConfig()).exports);

Deno.test("deno doc --lint is clean", async () => {
  const { success, stderr } = await run(["doc", "--lint", ...PATHS]);
  ok(success, stderr);
});

Deno.test("every public function has an example", async () => {
  const functions = (await documentedSymbols())
    .filter(({ declarations: [{ kind }] }) => kind === "function");
  ok(functions.length > 50);
  const missing = functions.filter(({ declarations }) =>
    !declarations.some(({ jsDoc }) =>
      jsDoc?.tags?.some(({ kind }) => kind === "example")
    )
  ).map(({ name }) => name);
  deepStrictEqual([...new Set(missing)], []);
});

Deno.test("every parameter of a public function has a name", async () => {
  const symbols = await documentedSymbols();
  const parameters = symbols.flatMap(({ name, declarations }) =>
    parametersIn(declarations).map((parameter) => ({ ...parameter, name }))
  );
  ok(parameters.length > 100);
  // The reference shows a destructured parameter as `arg_0`.
  const unnamed = parameters
    .filter(({ kind, left }) => /^(object|array)$/.test(left?.kind ?? kind))
    .map(({ name }) => name);
  deepStrictEqual([...new Set(unnamed)], []);
});

// `deno task check` checks their types.
Deno.test("the examples of the public modules run", async () => {
  const files = (await modulesBehind(PATHS))
    .filter((file) =>
      file.startsWith("lib/") && read(file).includes("@example")
    );
  const args = ["test", "--doc", "--no-check", "--allow-all", ...files];
  const { stdout, stderr } = await run(args);
  const [, passed, failed] = /(\d+) passed \| (\d+) failed/.exec(stdout) ?? [];
  strictEqual(failed, "0", stdout + stderr);
  ok(Number(passed) > 100, `only ${passed} examples`);
});

function read(file: string): string {
  return Deno.readTextFileSync(join(ROOT, file));
}

interface Symbol {
  readonly name: string;
  readonly declarations: readonly {
    readonly kind: string;
    readonly jsDoc?: { readonly tags?: readonly { readonly kind: string }[] };
  }[];
}

interface Parameter {
  readonly kind: string;
  /** The parameter itself, if it has a default. */
  readonly left?: { readonly kind: string };
}

async function documentedSymbols(): Promise<Symbol[]> {
  const { stdout } = await run(["doc", "--json", ...PATHS]);
  const { nodes }: { nodes: Record<string, { symbols: Symbol[] }> } = JSON
    .parse(stdout);
  return Object.values(nodes).flatMap(({ symbols }) => symbols);
}

/** The parameters of functions, constructors and methods anywhere in a value. */
function parametersIn(value: unknown): Parameter[] {
  if (typeof value !== "object" || value === null) return [];
  const own = "params" in value && Array.isArray(value.params)
    ? value.params as Parameter[]
    : [];
  return [...own, ...Object.values(value).flatMap(parametersIn)];
}

async function run(args: string[]) {
  const { success, stdout, stderr } = await new Deno.Command(
    Deno.execPath(),
    { args, cwd: ROOT, env: { NO_COLOR: "1" } },
  ).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { success, stdout: decode(stdout), stderr: decode(stderr) };
}
