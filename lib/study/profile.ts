import type { ModelName } from "../models/model_name.ts";
import type { MethodSpec } from "../smoothing/method.ts";
import type { PublishedRow } from "./published.ts";
import type { DataSpec, TrainingSpec } from "../runs/spec.ts";

/** A complete study at one size, as run by `reproduce --profile`. */
export interface Profile {
  readonly name: string;
  /** What it contains, and about how long it takes on two cores. */
  readonly summary: string;
  readonly seeds: readonly number[];
  readonly data: DataSpec;
  readonly model: ModelName;
  readonly training: TrainingSpec;
  /** Methods of the networks, including `ce`, `ls` and `ils`. */
  readonly methods: readonly MethodSpec[];
  /** Networks of other architectures, which have no students. */
  readonly others: readonly NetworkPlan[];
  readonly student: StudentPlan;
  readonly grid: GridPlan;
  readonly embedding: EmbeddingPlan;
  /**
   * Test accuracies, as fractions, that every network and every student must
   * reach: somewhat below the usual ones and far above chance.
   */
  readonly least: Readonly<
    Record<"accuracy" | "studentAccuracy", number>
  >;
  /** The published rows with which its numbers are compared. */
  readonly published: Pick<PublishedRow, "dataset" | "network">;
}

/** Networks of one architecture, trained on a profile's data and seeds. */
export interface NetworkPlan {
  readonly model: ModelName;
  readonly training: TrainingSpec;
  /** Includes `ce` if another method needs a teacher. */
  readonly methods: readonly MethodSpec[];
}

/** A small grid search on validation data, with one seed. */
export interface GridPlan {
  readonly data: DataSpec;
  readonly training: TrainingSpec;
  readonly epsilons: readonly number[];
  readonly temperatures: readonly number[];
}

/** Settings of a profile's students. */
export interface StudentPlan {
  readonly data: DataSpec;
  readonly model: ModelName;
  readonly training: TrainingSpec;
  readonly alpha: number;
  readonly temperature: number;
}

/** Settings of t-SNE on the first test images of each class. */
export interface EmbeddingPlan {
  readonly pointsPerClass: number;
  readonly perplexity: number;
  readonly iterations: number;
  /** Labels of a few classes that look alike, shown separately. */
  readonly alike: readonly number[];
}
