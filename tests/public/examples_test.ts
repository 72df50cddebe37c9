/**
 * The reference of the public modules: `deno doc --lint` is clean, every
 * function has an example, and the examples run.
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
  const { stdout } = await run(["doc", "--json", ...PATHS]);
  const { nodes }: { nodes: Record<string, { symbols: Symbol[] }> } = JSON
    .parse(stdout);
  const functions = Object.values(nodes).flatMap(({ symbols }) => symbols)
    .filter(({ declarations: [{ kind }] }) => kind === "function");
  ok(functions.length > 50);
  const missing = functions.filter(({ declarations }) =>
    !declarations.some(({ jsDoc }) =>
      jsDoc?.tags?.some(({ kind }) => kind === "example")
    )
  ).map(({ name }) => name);
  deepStrictEqual([...new Set(missing)], []);
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

async function run(args: string[]) {
  const { success, stdout, stderr } = await new Deno.Command(
    Deno.execPath(),
    { args, cwd: ROOT, env: { NO_COLOR: "1" } },
  ).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { success, stdout: decode(stdout), stderr: decode(stderr) };
}
