import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { readSpecialFile } from "../files/read_special_file.ts";
import { isFolder } from "../files/folders.ts";

/** What computes, for a run's record and for people. */
export interface DeviceInfo {
  readonly kind: "cpu" | "gpu";
  /** As the maker calls it; null where the system does not say. */
  readonly name: string | null;
  /** Bytes of its memory: the machine's, or the GPU's own. */
  readonly memory: number | null;
  /** Cores of the machine's processor that may be used. */
  readonly cores: number;
  /** Which build of TensorFlow's library is loaded; null if unknown. */
  readonly tensorflowBuild: "cpu" | "cuda" | null;
}

/**
 * The processor, or the first GPU that TensorFlow may use, and the build of
 * TensorFlow that is loaded into this process.
 */
export function deviceInfo(kind: DeviceInfo["kind"]): DeviceInfo {
  const { name, memory } = kind === "gpu"
    ? parseGpu(output("nvidia-smi", GPU_QUERY))
    : {
      name: cpus()[0]?.model.trim() || null,
      memory: Deno.systemMemoryInfo().total,
    };
  const cores = navigator.hardwareConcurrency;
  const library = parseMaps(textOf(`/proc/${Deno.pid}/maps`));
  const tensorflowBuild = library === null ? null : buildOf(library);
  return { kind, name, memory, cores, tensorflowBuild };
}

const GPU_QUERY = [
  "--query-gpu=name,memory.total",
  "--format=csv,noheader,nounits",
];

/** Name and memory of the first line that `nvidia-smi` gives, in MiB there. */
export function parseGpu(text: string): Pick<DeviceInfo, "name" | "memory"> {
  const found = /^(.+), *(\d+)\s*$/m.exec(text);
  if (found === null) return { name: null, memory: null };
  return { name: found[1].trim(), memory: Number(found[2]) * 2 ** 20 };
}

/** Path of TensorFlow's library among the files mapped into a process. */
export function parseMaps(text: string): string | null {
  return /\s(\/.*\/libtensorflow_cc\.so\S*)$/m.exec(text)?.[1] ?? null;
}

/** By the packages beside TensorFlow's folder, which the wheels bring. */
function buildOf(library: string): DeviceInfo["tensorflowBuild"] {
  const packages = dirname(dirname(library));
  try {
    const names = Array.from(Deno.readDirSync(packages), ({ name }) => name);
    if (names.some((name) => name.startsWith("tensorflow_cpu-"))) return "cpu";
    return isFolder(join(packages, "nvidia")) ? "cuda" : "cpu";
  } catch {
    return null;
  }
}

/** A file's text, empty where it cannot be read: not every system has it. */
function textOf(path: string): string {
  try {
    return new TextDecoder().decode(readSpecialFile(path));
  } catch {
    return "";
  }
}

/** What a program prints, empty where it is not there. */
function output(program: string, args: string[]): string {
  try {
    const { stdout } = new Deno.Command(program, { args }).outputSync();
    return new TextDecoder().decode(stdout);
  } catch {
    return "";
  }
}

/** `Intel Xeon, 2 cores, 23.5 GiB` and the like. */
export function describeDevice(device: DeviceInfo): string {
  const { kind, name, memory, cores, tensorflowBuild } = device;
  return [
    name ?? kind.toUpperCase(),
    ...kind === "cpu" ? [`${cores} cores`] : [],
    ...memory === null ? [] : [`${(memory / 2 ** 30).toFixed(1)} GiB`],
    ...tensorflowBuild === null
      ? []
      : [`TensorFlow's ${tensorflowBuild.toUpperCase()} build`],
  ].join(", ");
}
