/** The t-SNE programs: ours, openTSNE and scikit-learn. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import {
  exactNormaliser,
  klDivergence,
} from "../../lib/embedding/divergence.ts";
import { similarities } from "../../lib/embedding/layout.ts";
import { tsne } from "../../lib/embedding/tsne.ts";
import { parseMessage } from "../../lib/files/read_json.ts";
import type { Points } from "../../lib/matrix_kinds.ts";

/** Time and quality of an embedding. */
export interface TsneResult {
  readonly seconds: number;
  /** By our code, from the same probabilities and with the exact normaliser. */
  readonly divergence: number;
}

/** Embeds the points. */
export type TsneProgram = () => Promise<TsneResult>;

export interface TsneOptions {
  readonly iterations: number;
  readonly threads: number;
  readonly peers: readonly TsnePeer[];
  /** A Python with the peers; without it there are none. */
  readonly python: string | undefined;
}

/** Names of the peers. openTSNE's repulsion is Barnes-Hut's, or interpolated. */
export const TSNE_PEERS = ["openTSNE", "openTSNE-FFT", "scikit-learn"] as const;

type TsnePeer = typeof TSNE_PEERS[number];

const PERPLEXITY = 30;

const ANSWER = z.object({ seconds: z.number() });

/** Our program, and the peers by name, for the same points. */
export function tsnePrograms(
  points: Points<Float64Array>,
  { iterations, threads, peers: names, python }: TsneOptions,
) {
  const joint = similarities(points, PERPLEXITY);
  const ours = async () => {
    const start = performance.now();
    const { klDivergence: divergence } = await tsne(points, {
      perplexity: PERPLEXITY,
      iterations,
      seed: 1,
    });
    return { seconds: (performance.now() - start) / 1000, divergence };
  };
  const peers = new Map<string, TsneProgram>();
  if (python === undefined) return { ours, peers };
  for (const name of names) {
    peers.set(name, async () => {
      const options = { iterations, threads, python };
      const { seconds, embedding } = await runPeer(name, points, options);
      const normaliser = exactNormaliser(embedding);
      const divergence = klDivergence(joint, embedding, normaliser);
      return { seconds, divergence };
    });
  }
  return { ours, peers };
}

async function runPeer(
  name: TsnePeer,
  points: Points<Float64Array>,
  { iterations, threads, python }: {
    readonly iterations: number;
    readonly threads: number;
    readonly python: string;
  },
) {
  const folder = await Deno.makeTempDir({ prefix: "ils-bench-" });
  try {
    const [source, target] = ["points", "embedding"]
      .map((file) => join(folder, `${file}.f64`));
    const bytes = new Uint8Array(points.data.buffer as ArrayBuffer);
    await Deno.writeFile(source, bytes);
    const script = new URL("../peers/tsne_peer.py", import.meta.url);
    const task = [source, `${points.columns}`, `${iterations}`, target];
    const { success, stdout } = await new Deno.Command(python, {
      args: [fileURLToPath(script), name, ...task],
      env: {
        OMP_NUM_THREADS: `${threads}`,
        OPENBLAS_NUM_THREADS: `${threads}`,
      },
      stderr: "inherit",
    }).output();
    if (!success) throw new Error(`${name} failed`);
    const { seconds } = parseMessage(
      new TextDecoder().decode(stdout),
      ANSWER,
      name,
    );
    const { buffer } = await Deno.readFile(target);
    return { seconds, embedding: new Float64Array(buffer) };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
