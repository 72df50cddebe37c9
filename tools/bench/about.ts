import { z } from "zod";
import { machineLine } from "../../bench/support/machine.ts";
import { parseMessage } from "../../lib/files/read_json.ts";
import { findWheel } from "../setup/binding.ts";
import { mustRun } from "../setup/command.ts";

const PEERS = ["torch", "numpy", "netcal", "openTSNE", "scikit-learn"];

/** Prints the versions of packages, null for those that are missing, as JSON. */
const SCRIPT = `
import importlib.metadata, json, platform, sys
def version(name):
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
found = {name: version(name) for name in sys.argv[1:]}
print(json.dumps({"Python": platform.python_version()} | found))
`;

/** The conditions of a measurement. */
export interface About {
  /** The processor in one line. */
  readonly machine: string;
  /** Mean number of running processes in the minute before. */
  readonly load: number;
  /** Versions by name; null if missing. */
  readonly versions: Readonly<Record<string, string | null>>;
}

/** Describes this machine and the programs that will be measured. */
export async function about(python: string): Promise<About> {
  const load = Deno.loadavg()[0];
  const answer = await mustRun("read the peers' versions", python, [
    "-c",
    SCRIPT,
    ...PEERS,
  ]);
  const peers = z.record(z.string(), z.string().nullable());
  const wheel = (await findWheel())?.version ?? "";
  const versions = {
    Deno: Deno.version.deno,
    TensorFlow: /-([0-9.]+)\.dist-info$/.exec(wheel)?.[1] ?? null,
    ...parseMessage(answer, peers, python),
  };
  return { machine: machineLine(), load, versions };
}

/** The conditions in two lines. */
export function aboutText({ machine, load, versions }: About): string {
  const programs = Object.entries(versions)
    .map(([name, version]) => `${name} ${version ?? "missing"}`);
  return `${machine}; load before the start ${load.toFixed(1)}\n` +
    `${programs.join(", ")}\n`;
}
