import { softmax } from "../../logits/softmax.ts";
import { argMax } from "../../matrix.ts";
import {
  type Logits,
  type Points,
  pointsOf,
  type Probabilities,
} from "../../matrix_kinds.ts";
import type { Picture } from "../../plots/parts/png.ts";
import { methodTitle } from "../../plots/parts/theme.ts";
import { type EmbeddedImages, embedImages } from "./embedded_images.ts";
import {
  type EmbeddedScores,
  embedScores,
  restoreScores,
} from "./embedded_scores.ts";

/** Images that a reader looks at, with what several models say about them. */
export interface ImageRows {
  readonly classNames: readonly string[];
  /** Positions of the images in their data set. */
  readonly numbers: readonly number[];
  readonly images: EmbeddedImages;
  readonly models: readonly ImageModel[];
}

/** A model that classifies the images. */
export interface ImageModel {
  readonly name: string;
  readonly scores: EmbeddedScores;
  /** Places of the images in a picture of the model's output, `[n][2]`, if it has one. */
  readonly embedding?: readonly (readonly [number, number])[] | undefined;
}

/** A network of the study, and an embedding of its logits. */
export interface EmbeddedNetwork {
  readonly method: string;
  /** `[n, classes]`. */
  readonly logits: Logits;
  /** `[n, 2]`. */
  readonly embedding: Points;
}

/**
 * The images of a t-SNE picture as an index page embeds them.
 *
 * @param networks at least one, all on the same images
 * @param options `labels` `[n]` and the `images` themselves, whose positions in their
 * data set are the `numbers`
 */
export async function imageRows(
  networks: readonly EmbeddedNetwork[],
  { classNames, labels, numbers, images }: {
    readonly classNames: readonly string[];
    readonly labels: Int32Array;
    readonly numbers: readonly number[];
    readonly images: readonly Picture[];
  },
): Promise<ImageRows> {
  const models = networks.map(async ({ method, logits, embedding }) => ({
    name: methodTitle(method),
    scores: await embedScores(logits, labels),
    embedding: Array.from(
      labels,
      (_, i) =>
        [0, 1].map((axis) =>
          Math.round(100 * embedding.data[2 * i + axis]) / 100
        ) as [number, number],
    ),
  }));
  return {
    classNames,
    numbers,
    images: embedImages(images),
    models: await Promise.all(models),
  };
}

/** What a model says about images. */
export interface RestoredModel {
  readonly name: string;
  readonly probabilities: Probabilities;
  /** `[n]`, class indices. */
  readonly predicted: Int32Array;
  /** `[n, 2]`. */
  readonly embedding?: Points;
}

/** Images as a page names them that does not show them. */
export type NamedRows = Omit<ImageRows, "images">;

/** The labels of images, and what models say about them. */
export type Restored<Rows extends NamedRows> = Omit<Rows, "models"> & {
  /** `[n]`, class indices. */
  readonly labels: Int32Array;
  readonly models: readonly RestoredModel[];
};

/** The same with the images. */
export type RestoredRows = Restored<ImageRows>;

/** The probabilities and labels that a page embeds: the same code in Deno and in a page. */
export async function restoreRows<Rows extends NamedRows>(
  { models, ...rows }: Rows,
): Promise<Restored<Rows>> {
  const restored = await Promise.all(
    models.map(({ scores }) => restoreScores(scores)),
  );
  return {
    ...rows,
    labels: restored[0].labels,
    models: models.map(({ name, embedding }, m) => {
      const probabilities = softmax(restored[m].logits);
      return {
        ...{ name, probabilities },
        predicted: Int32Array.from(
          restored[m].labels,
          (_, i) => argMax(probabilities, i),
        ),
        ...embedding === undefined ? {} : { embedding: pointsOf(embedding) },
      };
    }),
  };
}
