import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { readSpecialFile } from "../files/read_special_file.ts";
import { isFolder } from "../files/folders.ts";

/** The device that computes, for records and messages. */
export interface DeviceInfo {
  readonly kind: "cpu" | "gpu";
  /** Product name, such as `NVIDIA H100`; null if unknown. */
  readonly name: string | null;
  /** Memory of the machine or of the GPU in bytes; null if unknown. */
  readonly memory: number | null;
  /** Number of processor cores available. */
  readonly cores: number;
  /** Build of TensorFlow's library that is loaded; null if unknown. */
  readonly tensorflowBuild: "cpu" | "cuda" | null;
}

/**
 * Information on the processor, or the first GPU that TensorFlow may use, and on the
 * TensorFlow build of this process.
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

/** Whether NVIDIA's driver finds a GPU; does not load the engine. */
export function hasGpu(): boolean {
  return output("nvidia-smi", ["-L"]).startsWith("GPU ");
}

/** Name and memory from the first line of output of `nvidia-smi`, which has MiB. */
export function parseGpu(text: string): Pick<DeviceInfo, "name" | "memory"> {
  const found = /^(.+), *(\d+)\s*$/m.exec(text);
  if (found === null) return { name: null, memory: null };
  return { name: found[1].trim(), memory: Number(found[2]) * 2 ** 20 };
}

/** Path of TensorFlow's library among the files mapped into a process. */
export function parseMaps(text: string): string | null {
  return /\s(\/.*\/libtensorflow_cc\.so\S*)$/m.exec(text)?.[1] ?? null;
}

/** The build, from the packages that the wheels install next to TensorFlow. */
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

/** Extensions that change how TensorFlow computes, and so the last digits. */
const FEATURE = /^(sse4_[12]|avx\w*|fma\w*|f16c|amx_\w+|asimd\w*|sve\w*|bf16)$/;

/**
 * The vector extensions of the processor, sorted, such as `avx2` and `avx512f`; empty
 * if the system does not list them.
 */
export function processorFeatures(
  text: string = textOf("/proc/cpuinfo"),
): string[] {
  const [, listed = ""] = /^(?:flags|Features)\s*:(.*)$/m.exec(text) ?? [];
  return listed.split(/\s+/).filter((name) => FEATURE.test(name)).sort();
}

/** A file's text; empty if it cannot be read, as on systems without it. */
function textOf(path: string): string {
  try {
    return new TextDecoder().decode(readSpecialFile(path));
  } catch {
    return "";
  }
}

/** A program's standard output; empty if it is not installed. */
function output(program: string, args: string[]): string {
  try {
    const { stdout } = new Deno.Command(program, { args }).outputSync();
    return new TextDecoder().decode(stdout);
  } catch {
    return "";
  }
}

/** A device in one line, such as `Intel Xeon, 2 cores, 23.5 GiB`. */
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
