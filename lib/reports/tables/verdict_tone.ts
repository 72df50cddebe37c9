const TONES: Readonly<Record<string, "good" | "bad">> = {
  better: "good",
  "same direction": "good",
  "reproduced": "good",
  worse: "bad",
  "other direction": "bad",
  "not reproduced": "bad",
};

/** The colour of a verdict; none for one that decides nothing. */
export function verdictTone(verdict: string): "good" | "bad" | undefined {
  return Object.hasOwn(TONES, verdict) ? TONES[verdict] : undefined;
}
