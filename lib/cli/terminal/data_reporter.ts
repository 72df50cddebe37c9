import type { Report } from "../../data/report.ts";
import type { Context } from "../command.ts";

/**
 * Returns a reporter of download progress on standard error. Transient lines,
 * such as percentages, appear only on a terminal, where the next line replaces
 * them.
 */
export function dataReporter({ log, terminal }: Context): Report {
  const erase = terminal ? "\r\x1b[K" : "";
  return (line, passing) => {
    if (passing === undefined) log(`${erase}${line}\n`);
    else if (terminal) log(`${erase}${line}`);
  };
}
