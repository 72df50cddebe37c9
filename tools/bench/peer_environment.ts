import { join } from "node:path";
import { ROOT } from "../../lib/files/project_root.ts";
import { mustRun } from "../setup/command.ts";
import { VENV } from "../setup/paths.ts";
import { CHECKED, pip } from "../setup/pip.ts";
import { findPython } from "../setup/prerequisites.ts";
import { exists, hashOf, hasStamp, writeStamp } from "../setup/stamp.ts";
import { SetupError } from "../setup/step.ts";

const REQUIREMENTS = join(ROOT, "bench", "peers", "requirements.txt");

/** The environment of the peers. */
export interface PeerEnvironment {
  readonly folder: string;
  /** Lock file with its packages. */
  readonly requirements: string;
}

/** It goes with `.venv`. */
export const PEERS: PeerEnvironment = {
  folder: join(VENV, "bench"),
  requirements: REQUIREMENTS,
};

/**
 * The Python of the peers' environment, which is made if it is missing or has other
 * packages than the lock file.
 *
 * @param report called before it is made
 * @throws {SetupError} in one line, if that fails
 */
export async function peerPython(
  report: (line: string) => void,
  { folder, requirements }: PeerEnvironment = PEERS,
): Promise<string> {
  const python = join(folder, "bin", "python");
  const stamp = join(folder, ".set-up");
  const hash = await hashOf([requirements]);
  if (await hasStamp(stamp, hash) && await exists(python)) return python;
  const program = await findPython();
  if (program === undefined) throw new SetupError("Python is missing");
  report(`Install the peers into ${folder} (6 GB, once)`);
  await mustRun("make the peers' environment", program, [
    "-m",
    "venv",
    "--clear",
    folder,
  ]);
  const args = [...CHECKED, `--requirement=${requirements}`];
  await pip(python, { what: "the peers", args });
  await writeStamp(stamp, hash);
  return python;
}
