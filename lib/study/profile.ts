import type { ModelName } from "../models/model_name.ts";
import type { MethodSpec } from "../smoothing/method.ts";
import type { PublishedRow } from "./published.ts";
import type { DataSpec, TrainingSpec } from "../runs/spec.ts";

/** A whole study in one size: what `reproduce --profile` runs. */
export interface Profile {
  readonly name: string;
  /** What it is, and about how long it takes on two cores. */
  readonly summary: string;
  readonly seeds: readonly number[];
  readonly data: DataSpec;
  readonly model: ModelName;
  readonly training: TrainingSpec;
  /** What the networks are trained with; `ce`, `ls` and `ils` are among them. */
  readonly methods: readonly MethodSpec[];
  /** Networks of other architectures, which teach no student. */
  readonly others: readonly NetworkPlan[];
  readonly student: StudentPlan;
  readonly grid: GridPlan;
  readonly embedding: EmbeddingPlan;
  /**
   * What every network and every student must reach on the test set: somewhat
   * below what they do, and far above guessing.
   */
  readonly least: Readonly<
    Record<"accuracy" | "studentAccuracy", number>
  >;
  /** The published rows that its numbers are put beside. */
  readonly published: Pick<PublishedRow, "dataset" | "network">;
}

/** Networks of one architecture, trained on a profile's data and seeds. */
export interface NetworkPlan {
  readonly model: ModelName;
  readonly training: TrainingSpec;
  /** `ce` is among them where another needs a teacher. */
  readonly methods: readonly MethodSpec[];
}

/** A small choice of numbers on validation data, with one seed. */
export interface GridPlan {
  readonly data: DataSpec;
  readonly training: TrainingSpec;
  readonly epsilons: readonly number[];
  readonly temperatures: readonly number[];
}

/** How the students of a profile are taught. */
export interface StudentPlan {
  readonly data: DataSpec;
  readonly model: ModelName;
  readonly training: TrainingSpec;
  readonly alpha: number;
  readonly temperature: number;
}

/** What t-SNE looks at: the first test images of each class. */
export interface EmbeddingPlan {
  readonly pointsPerClass: number;
  readonly perplexity: number;
  readonly iterations: number;
  /** Labels of a few classes that look alike, shown on their own. */
  readonly alike: readonly number[];
}
