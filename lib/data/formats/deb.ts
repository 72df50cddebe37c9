import { join } from "node:path";
import { type Report, silent } from "../report.ts";

/** Timeout in seconds and number of retries of apt. */
const TIMEOUT = [
  "-o",
  "Acquire::http::Timeout=20",
  "-o",
  "Acquire::Retries=1",
];

/**
 * Downloads a Debian package and unpacks it without installing it. If apt has no
 * package lists yet and this is root, they are downloaded first.
 *
 * @param into an existing, empty folder for the files of the package
 * @throws {Error} if apt or dpkg-deb is missing or fails
 */
export async function unpackDebianPackage(
  name: string,
  into: string,
  report: Report = silent,
): Promise<void> {
  const fetchPackage = () =>
    run("apt-get", [...TIMEOUT, "download", name], into);
  report(`Downloading Debian's package ${name}`);
  try {
    await fetchPackage();
  } catch (error) {
    if (Deno.uid() !== 0 || error instanceof MissingProgram) throw error;
    report("Downloading Debian's package lists, which are missing");
    await run("apt-get", [...TIMEOUT, "update"], into);
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
  const last = lines.filter((line) => line.startsWith("E: ")).at(-1);
  throw new Error(
    `${program} failed: ${last?.slice(3) ?? lines.at(-1) ?? "no reason given"}`,
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
