import { BadInput, checkRange } from "../bad_input.ts";

/** When and by how much the learning rate falls. */
export interface Schedule {
  /** Greater than 0. */
  readonly learningRate: number;
  /** Fractions of all epochs, in (0, 1), rising. */
  readonly milestones: readonly number[];
  /** Factor at each milestone, in (0, 1]. */
  readonly gamma: number;
}

/** @throws {BadInput} if a number is out of its range */
export function checkSchedule(schedule: Schedule): void {
  const { learningRate, milestones, gamma } = schedule;
  const open = { lowOpen: true, highOpen: true };
  checkRange("Learning rate", learningRate, {
    low: 0,
    high: Infinity,
    ...open,
  });
  checkRange("Gamma", gamma, { low: 0, high: 1, lowOpen: true });
  for (const [i, milestone] of milestones.entries()) {
    checkRange("Milestone", milestone, { low: 0, high: 1, ...open });
    if (i > 0 && milestone <= milestones[i - 1]) {
      throw new BadInput(
        `Milestones must rise: current value is ${milestones.join(", ")}`,
      );
    }
  }
}

/**
 * The multi-step learning rate of an epoch: multiplied by `gamma` once for each
 * milestone that lies behind.
 *
 * @param epoch counted from 0
 */
export function learningRateAt(
  { learningRate, milestones, gamma }: Schedule,
  epoch: number,
  epochs: number,
): number {
  // No milestone lies behind the first epoch, however few there are.
  const passed = milestones
    .filter((m) => epoch >= Math.max(1, Math.round(m * epochs)));
  return learningRate * gamma ** passed.length;
}
