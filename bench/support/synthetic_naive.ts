import { z } from "zod";
import { buildTargets } from "../../lib/smoothing/targets.ts";
import { candidates } from "../../lib/synthetic/candidates.ts";
import { openLaboratory } from "../../lib/synthetic/laboratory.ts";
import type { TableSpec } from "../../lib/synthetic/spec.ts";
import { startTorch } from "./programs.ts";
import { question } from "./synthetic_programs.ts";

const ANSWER = z.object({ seconds: z.number() });

/** Networks of a data set. */
const NETWORKS = 212;

/**
 * Trains networks one after the other; a line with the time for all of a data set.
 *
 * @param limit number of networks that are trained
 */
export async function naiveTimes(
  spec: TableSpec,
  limit: number,
  python: string | undefined,
): Promise<string> {
  const all = (seconds: number) => (seconds * NETWORKS / limit).toFixed(1);
  let line =
    `${NETWORKS} networks one after the other (${limit} measured): ours ` +
    `${all(ourSeconds(spec, limit))} s`;
  if (python !== undefined) {
    const peer = startTorch(python, "synthetic_peer.py", 1);
    await peer.ask(z.string());
    const { seconds } = await peer.ask(ANSWER, question(spec, 0, limit));
    await peer.close();
    line += `, PyTorch ${all(seconds)} s`;
  }
  return line;
}

function ourSeconds(spec: TableSpec, limit: number): number {
  const laboratory = openLaboratory(0, spec);
  const { classes, data: { train: { labels } } } = laboratory;
  const jobs = [...candidates("ls"), ...candidates("ce")]
    .map((method, i) => ({
      name: `naive/${i}`,
      targets: buildTargets(method, { labels, classes }),
    }));
  const start = performance.now();
  for (let i = 0; i < limit; i++) laboratory.train([jobs[i % jobs.length]]);
  return (performance.now() - start) / 1000;
}
