/// <reference lib="deno.worker" />
/**
 * Writes the heartbeat of a claim. It has a thread of its own, as a training step
 * blocks that of the claim's owner for seconds.
 */
import { beatClaim } from "./claim_file.ts";

/** The claim whose heartbeat is written. */
export interface Heart {
  readonly folder: string;
  readonly number: number;
  /** First line of the claim's file. */
  readonly owner: string;
  readonly everyMs: number;
}

self.onmessage = ({ data }: MessageEvent<Heart>) => {
  const { folder, number, owner, everyMs } = data;
  let beats = 0;
  const timer = setInterval(() => {
    try {
      if (beatClaim({ folder, number }, owner, ++beats)) return;
    } catch {
      // A network drive that does not answer: a missed beat does no harm.
      return;
    }
    clearInterval(timer);
    self.postMessage("lost");
  }, everyMs);
};
