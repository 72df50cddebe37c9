import type { Report } from "../../data/report.ts";
import type { Context } from "../command.ts";

/**
 * Tells of a data set's coming on standard error. What only passes, such as
 * percentages, is shown where the next line can stand in its place.
 */
export function dataReporter({ say, terminal }: Context): Report {
  const erase = terminal ? "\r\x1b[K" : "";
  return (line, passing) => {
    if (passing === undefined) say(`${erase}${line}\n`);
    else if (terminal) say(`${erase}${line}`);
  };
}
