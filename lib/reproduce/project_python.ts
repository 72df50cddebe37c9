import { join } from "node:path";

/** Path of Python in the project's virtual environment. */
export function pythonOf(root: string): string {
  return join(root, ".venv", "bin", "python");
}

/**
 * Starts Python of the project's virtual environment.
 *
 * @param root the project's folder
 * @throws {Error} if it cannot be started; the message says what to do
 */
export function startPython(
  root: string,
  options: Deno.CommandOptions,
): Deno.ChildProcess {
  try {
    return new Deno.Command(pythonOf(root), options).spawn();
  } catch (error) {
    throw unusable(root, (error as Error).message);
  }
}

/**
 * Throws an error that says what to do, unless Python of the project's virtual
 * environment can be started and has a module. That of another machine may not.
 */
export async function checkPython(root: string, module: string): Promise<void> {
  const script = "import importlib.util as u, sys; " +
    `sys.exit(u.find_spec("${module}") is None and "it lacks ${module}")`;
  const { success, stderr } = await startPython(root, {
    args: ["-c", script],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (success) return;
  const lines = new TextDecoder().decode(stderr).trim().split("\n");
  throw unusable(root, lines.at(-1)!);
}

function unusable(root: string, reason: string): Error {
  return new Error(
    `Cannot use ${pythonOf(root)} (${
      reason.replace(/^.*\/python[^:]*: /, "")
    }` +
      `): remove ${join(root, ".venv")}, and deno task setup makes it again`,
  );
}
