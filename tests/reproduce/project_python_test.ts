import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { checkPython, pythonOf } from "../../lib/reproduce/project_python.ts";
import { inFolder } from "../cli/program.ts";
import { permissionsOf } from "../tasks.ts";

/** Makes an environment with a program as its Python. */
async function writePython(
  root: string,
  { program, mode }: { readonly program: string; readonly mode: number },
): Promise<void> {
  await Deno.mkdir(dirname(pythonOf(root)), { recursive: true });
  await Deno.writeTextFile(pythonOf(root), program, { mode });
}

/** What is wrong with the program, and the reason in the message. */
const BROKEN: readonly {
  readonly name: string;
  readonly program?: string;
  readonly mode?: number;
  readonly reason: RegExp;
}[] = [
  {
    name: "is not executable",
    program: "#!/bin/sh\n",
    mode: 0o644,
    reason: /Permission denied/,
  },
  {
    name: "is of another machine",
    program: "\x7fELF\x09\x09",
    reason: /not found|cannot execute|syntax error/,
  },
  {
    name: "needs an interpreter that is missing",
    program: "#!/none/python\n",
    reason: /entity not found|No such file/,
  },
  {
    name: "lacks JupyterLab",
    program: `#!/bin/sh\nexec '${pythonOf(ROOT)}' -I -S "$@"\n`,
    reason: /it lacks jupyterlab/,
  },
  { name: "is missing", reason: /entity not found|No such file/ },
];
for (const { name, program, mode = 0o755, reason } of BROKEN) {
  Deno.test(`checkPython() names the reason and the remedy if Python ${name}`, () =>
    inFolder(async (root) => {
      if (program !== undefined) await writePython(root, { program, mode });
      await assert.rejects(
        checkPython(root, "jupyterlab"),
        ({ message }: Error) => {
          const [, found] = /\((.*)\): /.exec(message)!;
          assert.match(found, reason);
          assert.equal(
            message,
            `Cannot use ${pythonOf(root)} (${found}): remove ` +
              `${join(root, ".venv")}, and deno task setup makes it again`,
          );
          return true;
        },
      );
    }));
}

Deno.test("checkPython() accepts the project's environment", async () => {
  await checkPython(ROOT, "jupyterlab");
});

Deno.test("deno task lab with a .venv of another machine ends in one line", () =>
  inFolder(async (root) => {
    await writePython(root, { program: "\x7fELF\x09\x09", mode: 0o755 });
    for (const name of ["lib", "tools", "node_modules", "deno.json"]) {
      await Deno.symlink(join(ROOT, name), join(root, name));
    }
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", ...permissionsOf("lab"), "--no-lock", "tools/lab.ts"],
      cwd: root,
      stdin: "null",
    }).output();
    const text = new TextDecoder();
    assert.deepEqual([code, text.decode(stdout)], [1, ""]);
    assert.match(text.decode(stderr), /^Cannot use .*: remove .*again\n$/);
  }));
