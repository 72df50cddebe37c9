/** Data is never run: no `eval`, no `new Function`, no pickle. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";

/** Ways to run data as code, by language. */
const RUNS_DATA: Readonly<Record<string, RegExp>> = {
  ts:
    /\beval\(|\bnew Function\(|\bFunction\(["'`]|from "node:vm"|import\(`data:|javascript:/,
  py:
    /\b(eval|exec)\(|\bpickle\b(?!\.UnpicklingError)|\bmarshal\b|allow_pickle=True|torch\.load\((?!.*weights_only=True)|yaml\.load\(|shell=True/,
};

/** Fixtures and their scripts are made by people, not read from users. */
const FOLDERS = ["lib", "tools", "notebooks", "bench"];

for (const [ending, pattern] of Object.entries(RUNS_DATA)) {
  Deno.test(`no .${ending} file runs data as code`, () => {
    const paths = execFileSync("git", ["ls-files", ...FOLDERS], { cwd: ROOT })
      .toString().split("\n")
      .filter((path) => path.endsWith(`.${ending}`));
    assert(paths.length > 0);
    const found = paths.flatMap((path) =>
      Deno.readTextFileSync(join(ROOT, path)).split("\n")
        .map((line, i) => `${path}:${i + 1}: ${line.trim()}`)
        .filter((line) => pattern.test(line.slice(line.indexOf(": ") + 2)))
    );
    assert.deepEqual(found, []);
  });
}

Deno.test("the patterns find what they are meant to", () => {
  const bad = {
    ts: ["eval(text)", "new Function(code)", 'import vm from "node:vm"'],
    py: [
      ...["exec(code)", "import pickle", "np.load(f, allow_pickle=True)"],
      ...["torch.load(path)", "yaml.load(f)"],
    ],
  };
  for (const [ending, lines] of Object.entries(bad)) {
    for (const line of lines) assert.match(line, RUNS_DATA[ending]);
  }
  assert.doesNotMatch("torch.load(p, weights_only=True)", RUNS_DATA.py);
  assert.doesNotMatch("evaluate(x)", RUNS_DATA.ts);
});
