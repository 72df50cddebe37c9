/** Differences as small as this come from rounding. */
const ROUNDING = 1e-12;

/** The ends of an interval; null for none. */
export interface Ends {
  readonly low: number | null;
  readonly high: number | null;
}

/** The sign of a difference whose interval excludes 0; 0 for none, or no interval. */
export function intervalSign({ low, high }: Ends): -1 | 0 | 1 {
  if (low === null || high === null) return 0;
  if (low > ROUNDING) return 1;
  return high < -ROUNDING ? -1 : 0;
}
