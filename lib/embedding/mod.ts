/**
 * t-SNE and principal components of logits or features, and measures of how well an
 * embedding preserves neighbours and classes. Needs no TensorFlow.
 *
 * @module
 */
export { tsne, type TsneOptions } from "./tsne.ts";
export type {
  Layout,
  LayoutProgress,
  LayoutReports,
  SearchProgress,
} from "./layout.ts";
export { principalComponents } from "./pca.ts";
export { neighbourPurity } from "./neighbour_purity.ts";
export { classSpread } from "./class_spread.ts";
export { trustworthiness } from "./trustworthiness.ts";
export { BadInput } from "../bad_input.ts";
export type { Matrix } from "../matrix.ts";
export { asPoints, type Points, pointsOf } from "../matrix_kinds.ts";
