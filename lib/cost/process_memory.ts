import { readSpecialFile } from "../files/read_special_file.ts";

/** Memory of a process in bytes. */
export interface ProcessMemory {
  readonly resident: number;
  /** The largest resident memory so far. */
  readonly peak: number;
}

/** The memory of a running process, on Linux. */
export function processMemory(pid: number): ProcessMemory {
  const status = readSpecialFile(`/proc/${pid}/status`);
  return parseStatus(new TextDecoder().decode(status));
}

/**
 * Reads the text of `/proc/PID/status`.
 *
 * @throws {Error} if a number is missing, as for a process that has ended
 */
export function parseStatus(text: string): ProcessMemory {
  const bytesOf = (key: string) => {
    const found = new RegExp(`^${key}:\\s+(\\d+) kB$`, "m").exec(text);
    if (found === null) throw new Error(`A process status has no ${key}`);
    return Number(found[1]) * 1024;
  };
  return { resident: bytesOf("VmRSS"), peak: bytesOf("VmHWM") };
}
