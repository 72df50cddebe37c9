import { join } from "node:path";
import { type Report, silent } from "../report.ts";

/** Seconds that apt waits for a server before it tries the next. */
const PATIENCE = [
  "-o",
  "Acquire::http::Timeout=20",
  "-o",
  "Acquire::Retries=1",
];

/**
 * Fetches a Debian package and unpacks it, without installing it.
 *
 * On a fresh machine apt does not know any package yet; there, as root, the
 * lists are fetched first.
 *
 * @param into an existing, empty folder; gets the package's tree
 * @throws {Error} if apt or dpkg-deb is missing or fails
 */
export async function unpackDebianPackage(
  name: string,
  into: string,
  report: Report = silent,
): Promise<void> {
  const fetchPackage = () =>
    run("apt-get", [...PATIENCE, "download", name], into);
  report(`Fetching Debian's package ${name}`);
  try {
    await fetchPackage();
  } catch (error) {
    if (Deno.uid() !== 0 || error instanceof MissingProgram) throw error;
    report("Fetching Debian's package lists, which this machine lacks");
    await run("apt-get", [...PATIENCE, "update"], into);
    await fetchPackage();
  }
  const archives = Array.from(Deno.readDirSync(into))
    .filter((entry) => entry.name.endsWith(".deb"));
  if (archives.length !== 1) {
    throw new Error(`apt-get left ${archives.length} packages, not 1`);
  }
  const archive = join(into, archives[0].name);
  await run("dpkg-deb", ["--extract", archive, into], into);
  await Deno.remove(archive);
}

class MissingProgram extends Error {}

async function run(program: string, args: string[], cwd: string) {
  const { success, stderr } = await output(program, {
    args,
    cwd,
    stdin: "null",
    env: { LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" },
  });
  if (success) return;
  const lines = new TextDecoder().decode(stderr).trim().split("\n");
  const told = lines.filter((line) => line.startsWith("E: ")).at(-1);
  throw new Error(
    `${program} failed: ${told?.slice(3) ?? lines.at(-1) ?? "no reason given"}`,
  );
}

async function output(program: string, options: Deno.CommandOptions) {
  try {
    return await new Deno.Command(program, options).output();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new MissingProgram(`${program} is missing`);
  }
}
