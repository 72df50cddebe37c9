import {
  describeDevice,
  deviceInfo,
  processorFeatures,
} from "../../engine/device.ts";
import type { Machine } from "../../reproduce/reproduce.ts";
import { pinnedVersions } from "../versions.ts";

/** Variables that can change numbers. */
const MATTERS = /^(OMP_NUM_THREADS|TF_\w+|ILS_\w+)$/;

/** Those of them that only name a place, a profile or a level of detail. */
const PLACE = /_(DIR|TMPDIR|FILE|PATH|RESULTS|RUNS|PROFILE|DEBUG|LOG_LEVEL)$/;

/** As this process was started: to measure costs, it sets threads of its own. */
const ENVIRONMENT = relevantVariables(Deno.env.toObject());

/**
 * Returns versions, device and environment; starts the engine, which takes a moment.
 */
export async function findMachine(): Promise<Machine> {
  const { engineInfo } = await import("../../engine/engine.ts");
  const { device, ...engine } = engineInfo();
  const { library, packages } = await pinnedVersions();
  const { os, arch } = Deno.build;
  const what = describeDevice(deviceInfo(device));
  return {
    versions: { library, ...engine },
    packages,
    device: `${what}, ${os} ${arch}`,
    processorFeatures: processorFeatures(),
    environment: ENVIRONMENT,
  };
}

/** Returns the environment variables that can change numbers, sorted by name. */
export function relevantVariables(
  all: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => MATTERS.test(name) && !PLACE.test(name))
      .sort(([a], [b]) => a < b ? -1 : 1),
  );
}
