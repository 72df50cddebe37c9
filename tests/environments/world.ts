/** Folders in which the program is started from a shell. */
import { join } from "node:path";
import {
  ilsCommand,
  inFolder,
  type Output,
  writeInputs,
} from "../cli/program.ts";

/** What a machine must allow for an environment, with the reason for skipping. */
export type Need = keyof typeof PROBES;

/** Commands that succeed where a need is met. */
const PROBES = {
  "mount a disk": "unshare -m true",
  "leave the network": "unshare -n true",
  "act as another user":
    `setpriv --reuid=65534 --regid=65534 --clear-groups '${Deno.execPath()}' ` +
    `eval 'Deno.readTextFileSync("${ilsCommand([]).at(-1)}")'`,
  "compile C": "cc --version",
};

const FAULTY_DISK = new URL("faulty_disk.c", import.meta.url).pathname;

/**
 * A script that runs another one on a disk with a fault, as `faulty_disk.c` has it.
 *
 * @param fault such as `DISK_QUOTA=1000`
 */
export function onFaultyDisk(fault: string, script: string): string {
  return `cc -shared -fPIC -o faulty_disk.so '${FAULTY_DISK}' -ldl &&
    (export DISK_FOLDER="$(pwd -P)" ${fault} LD_PRELOAD="$PWD/faulty_disk.so"
    ${script})`;
}

/** The needs that this machine does not meet. */
const unmet = new Set(
  Object.entries(PROBES)
    .filter(([, probe]) => !succeeds(probe))
    .map(([need]) => need),
);

function succeeds(probe: string): boolean {
  return new Deno.Command("sh", {
    args: ["-c", probe],
    env: { HOME: "/tmp", DENO_DIR: "" },
  }).outputSync().success;
}

/** Options of a test that needs something of the machine. */
export function needing(name: string, need: Need | undefined) {
  const ignore = Deno.build.os !== "linux" ||
    need !== undefined && unmet.has(need);
  const reason = ignore ? ` (skipped: this machine cannot ${need})` : "";
  return { name: name + reason, ignore };
}

/**
 * Runs shell scripts in a folder with logits `L.npy`, labels `Y.npy`, and the program
 * as `ils`, of which any user may read everything.
 */
export async function inWorld<Result>(
  test: (
    run: (script: string, env?: Record<string, string>) => Promise<Output>,
    cwd: string,
  ) => Promise<Result>,
): Promise<Result> {
  return await inFolder(async (cwd) => {
    await Deno.chmod(cwd, 0o755);
    await writeInputs(cwd);
    const words = ilsCommand([]).map((word) => `'${word}'`).join(" ");
    const program = join(cwd, "ils");
    await Deno.writeTextFile(program, `#!/bin/sh\nexec ${words} "$@"\n`, {
      mode: 0o755,
    });
    return await test((script, env) => shell(script, { cwd, env }), cwd);
  });
}

async function shell(
  script: string,
  { cwd, env }: { cwd: string; env: Record<string, string> | undefined },
): Promise<Output> {
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", `PATH="$PWD:$PATH"\n${script}`],
    cwd,
    env: { INIT_CWD: "", ...env },
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}
