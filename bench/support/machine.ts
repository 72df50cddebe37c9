import { cpus } from "node:os";
import { readSpecialFile } from "../../lib/files/read_special_file.ts";

/** A load above this slows the programs, and some more than others. */
const IDLE = 0.5;

/** Instruction sets that oneDNN has separate kernels for, as Linux names them. */
const INSTRUCTION_SETS = [
  "avx2",
  "avx512f",
  "avx512_vnni",
  "avx512_bf16",
  "amx_bf16",
  "asimd",
  "sve",
];

/** The processor in one line: model, cores, instruction sets, operating system. */
export function machineLine(): string {
  const model = cpus()[0]?.model.trim() || "unknown processor";
  const { os, arch } = Deno.build;
  const sets = instructionSets(cpuinfo());
  return [
    `${model}, ${navigator.hardwareConcurrency} cores`,
    ...sets.length > 0 ? [sets.join(" ")] : [],
    `${os} ${arch}`,
  ].join("; ");
}

/** The instruction sets among the flags of `/proc/cpuinfo`. */
export function instructionSets(text: string): string[] {
  const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(text)?.[1].split(" ") ??
    [];
  return INSTRUCTION_SETS.filter((name) => flags.includes(name));
}

/** A warning if the machine was not idle during the last minute. */
export function loadWarning(
  load: number = Deno.loadavg()[0],
): string | undefined {
  if (load <= IDLE) return undefined;
  return `Warning: the load is ${load.toFixed(1)}; measure on an idle machine`;
}

function cpuinfo(): string {
  if (Deno.build.os !== "linux") return "";
  return new TextDecoder().decode(readSpecialFile("/proc/cpuinfo"));
}
