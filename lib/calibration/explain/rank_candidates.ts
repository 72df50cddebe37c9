import type { CalibratorName } from "../calibrators/calibrators.ts";
import type { Candidate } from "./convention.ts";
import type { ExplainedValue } from "./explained_value.ts";
import {
  agreeingDigits,
  agrees,
  type PublishedNumber,
} from "./published_number.ts";

/** A candidate before or after calibration. */
export interface CalibratedCandidate extends Candidate {
  /** The calibrator; undefined without one. */
  readonly by: CalibratorName | undefined;
}

/** Candidates next to a published number. */
export interface RankedCandidates {
  /** Number of candidates with a value. */
  readonly tried: number;
  /** Number of different values that agree. */
  readonly agreeing: number;
  /** Number of different values that would agree by chance. */
  readonly byChance: number;
  /** The most usual one that agrees. */
  readonly likeliest: ExplainedValue | undefined;
  /** All values, the closest first. */
  readonly closest: readonly ExplainedValue[];
}

/** A candidate read as a fraction or in per cent. */
interface Reading {
  readonly candidate: CalibratedCandidate;
  readonly value: number;
  readonly percent: boolean;
}

/** Values that agree in so many digits are the same. */
const SAME_DIGITS = 10;
/** The window next to the tolerance in which values lie by chance. */
const WINDOW = 10;

/** Orders the different values of candidates by their distance to a published number. */
export function rankCandidates(
  candidates: readonly CalibratedCandidate[],
  published: PublishedNumber,
): RankedCandidates {
  const finite = candidates.filter(({ value }) => Number.isFinite(value));
  const values = [...sameValues(finite, published).values()].map((readings) => {
    const usual = readings.toSorted((a, b) =>
      a.candidate.departures - b.candidate.departures
    );
    return {
      departures: usual[0].candidate.departures,
      explained: explained(usual, published),
    };
  }).sort((a, b) =>
    distance(a.explained) - distance(b.explained) ||
    a.departures - b.departures
  );
  const agreeing = values.filter(({ explained }) => explained.agrees);
  const beside = values.filter(({ explained }) =>
    !explained.agrees && distance(explained) < WINDOW * published.tolerance
  );
  const [likeliest] = agreeing.toSorted((a, b) => a.departures - b.departures);
  return {
    tried: finite.length,
    agreeing: agreeing.length,
    byChance: beside.length / (WINDOW - 1),
    likeliest: likeliest?.explained,
    closest: values.map(({ explained }) => explained),
  };
}

/** Readings by their value, with those of a calibrator apart. */
function sameValues(
  candidates: readonly CalibratedCandidate[],
  { percent: onlyPercent }: PublishedNumber,
): Map<string, Reading[]> {
  const groups = new Map<string, Reading[]>();
  for (const candidate of candidates) {
    for (const percent of onlyPercent ? [true] : [false, true]) {
      const value = percent ? 100 * candidate.value : candidate.value;
      const key = `${candidate.by} ${percent} ${
        value.toPrecision(SAME_DIGITS)
      }`;
      const group = groups.get(key);
      if (group === undefined) {
        groups.set(key, [{ candidate, value, percent }]);
      } else group.push({ candidate, value, percent });
    }
  }
  return groups;
}

function explained(
  [{ candidate, value, percent }, ...others]: readonly Reading[],
  published: PublishedNumber,
): ExplainedValue {
  return {
    by: candidate.by,
    convention: candidate.text,
    settings: candidate.settings,
    sameAs: others.map((other) => other.candidate.text),
    value,
    percent,
    difference: value - published.value,
    digits: agreeingDigits(value, published),
    agrees: agrees(value, published),
  };
}

function distance({ difference }: ExplainedValue): number {
  return Math.abs(difference);
}
