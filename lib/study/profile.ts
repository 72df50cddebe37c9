import type { ModelName } from "../models/model_name.ts";
import type { MethodName, MethodSpec } from "../smoothing/method.ts";
import type { PublishedRow } from "./published.ts";
import type { DataSpec, TrainingSpec } from "../runs/spec.ts";

/** A complete study at one size, as run by `reproduce --profile`. */
export interface Profile extends NetworkPlan {
  readonly name: string;
  /** What it contains, and about how long it takes on two cores. */
  readonly summary: string;
  /** Networks on other data, or of other architectures. */
  readonly others: readonly NetworkPlan[];
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

/** Everything that decides a network's run, except for its method and seed. */
export interface NetworkSettings {
  /** With a `splitSeed` if all seeds share one split. */
  readonly data: DataSpec;
  readonly model: ModelName;
  readonly training: TrainingSpec;
  /**
   * The `ce` networks that together teach `mix`, for data with a `splitSeed`; by
   * default the one of each seed.
   */
  readonly ensemble?: Ensemble;
}

/** Networks with consecutive seeds. */
export interface Ensemble {
  readonly firstSeed: number;
  /** At least 2. */
  readonly members: number;
}

/** Networks of one architecture on the same data, by method and seed. */
export interface NetworkPlan extends NetworkSettings {
  readonly seeds: readonly number[];
  /**
   * Methods whose numbers are fixed; includes `ce` if any method needs a
   * teacher.
   */
  readonly methods: readonly MethodSpec[];
  /** Methods whose numbers are chosen first; null for none. */
  readonly tuning: TuningPlan | null;
  readonly student: StudentPlan | null;
}

/**
 * The choice of each method's numbers by the mean validation log loss over
 * seeds.
 */
export interface TuningPlan extends NetworkSettings {
  /** None of them a seed of the networks for which it chooses. */
  readonly seeds: readonly number[];
  readonly candidates: readonly MethodSpec[];
}

/** Settings of the students of a plan's networks, on the same images. */
export interface StudentPlan {
  /** The methods whose networks have students. */
  readonly methods: readonly MethodName[];
  /** Whether teachers that were scaled by their temperature have students too. */
  readonly scaledTeachers: boolean;
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
  /** Labels of three classes that look alike, embedded on their own as well. */
  readonly alike: readonly [number, number, number];
}
