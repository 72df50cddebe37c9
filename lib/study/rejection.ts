import { topLabels } from "../calibration/bins.ts";
import {
  fitConfidenceNorm,
  normalisedConfidence,
} from "../calibration/normalised_confidence.ts";
import { riskCoverage, type RiskPoint } from "../calibration/risk_coverage.ts";
import { softmax } from "../logits/softmax.ts";
import { readRunPart } from "../runs/evaluate.ts";
import type { StudyTeacher } from "./study.ts";

/** How well a network's confidence finds its errors on the test images. */
export interface RejectionRecord {
  readonly method: StudyTeacher["method"];
  readonly seed: number;
  /** Always false: temperature scaling is not part of this. */
  readonly scaled: boolean;
  /** Areas under the curves of the largest probability, in [0, 1]. */
  readonly aurc: number;
  readonly augrc: number;
  /** The same with normalised logits, see `normalisedConfidence()`. */
  readonly normalisedAurc: number;
  readonly normalisedAugrc: number;
}

/** A network's scores of rejection and the curve behind them. */
export interface Rejection {
  readonly record: RejectionRecord;
  /** Of the largest probability, at 100 coverages. */
  readonly curve: readonly RiskPoint[];
}

/**
 * Returns the rejection of each network. The norm of the normalised logits is chosen
 * on its validation images.
 */
export function studyRejection(
  networks: readonly StudyTeacher[],
): Promise<Rejection[]> {
  return Promise.all(networks.map(async ({ method, seed, run }) => {
    const validation = await readRunPart(run, "val");
    const { logits, labels } = await readRunPart(run, "test");
    const norm = fitConfidenceNorm(validation.logits, validation.labels);
    const { confidence, correct } = topLabels(softmax(logits), labels);
    const plain = riskCoverage(confidence, correct);
    const normalised = riskCoverage(
      normalisedConfidence(logits, norm),
      correct,
    );
    const record = {
      method,
      seed,
      scaled: false,
      aurc: plain.aurc,
      augrc: plain.augrc,
      normalisedAurc: normalised.aurc,
      normalisedAugrc: normalised.augrc,
    };
    return { record, curve: plain.curve };
  }));
}
