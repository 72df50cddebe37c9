import type { ReliabilityBin } from "../../lib/calibration/bins.ts";
import type { Picture } from "../../lib/plots/parts/png.ts";

/** A name that would be markup if it were not escaped. */
export const EVIL = `<script>alert("1")</script> & 'co'`;

/** Five bins, the first empty: 10 rows, 6 of them right. */
export const BINS: readonly ReliabilityBin[] = [
  { low: 0, high: 0.2, count: 0, confidence: NaN, accuracy: NaN },
  { low: 0.2, high: 0.4, count: 1, confidence: 0.3, accuracy: 0 },
  { low: 0.4, high: 0.6, count: 2, confidence: 0.55, accuracy: 0.5 },
  { low: 0.6, high: 0.8, count: 3, confidence: 0.7, accuracy: 2 / 3 },
  { low: 0.8, high: 1, count: 4, confidence: 0.9, accuracy: 0.75 },
];

/** A picture of 2 x 2 pixels whose bytes are 0, 1, 2, … */
export function picture(channels: 1 | 3): Picture {
  const pixels = Uint8Array.from({ length: 4 * channels }, (_, i) => i);
  return { pixels, width: 2, height: 2, channels };
}
