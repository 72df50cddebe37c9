/**
 * Tables of records, figures of scores, and sentences made from their numbers, for
 * notebooks. Importing it loads danfojs-node, which loads TensorFlow.
 *
 * @module
 */
export { gainFigure } from "./figures/gain_figure.ts";
export { scoreFigure } from "./figures/score_figure.ts";
export { tuneFigure } from "./figures/tune_figure.ts";
export {
  bestEpsilonFigure,
  surfaceFigure,
} from "./figures/synthetic_figures.ts";
export { explorerData } from "./interactive/explorer_data.ts";
export { imageRows } from "./interactive/image_rows.ts";
export { differenceTable, scalingTable } from "./tables/difference_table.ts";
export {
  bestMethodSentence,
  differenceSentence,
  directionSentence,
  overconfidenceSentence,
  scalingSentence,
  temperatureSentence,
  verdictSentence,
} from "./tables/outcome.ts";
export { directionTable, publishedTable } from "./tables/comparison_tables.ts";
export {
  advantageSentence,
  adviceSentences,
  gainSentence,
  plainSentence,
  ruleFailuresSentence,
  ruleSentence,
  ruleWeightsSentence,
} from "./tables/regime_sentences.ts";
export {
  adviceTable,
  chosenTable,
  gainsTable,
  gainSummaryTable,
  plainTable,
  ruleCellsTable,
  ruleTable,
} from "./tables/regime_tables.ts";
export { scoreTable } from "./tables/score_table.ts";
export {
  claimsSentence,
  claimsTable,
  comparisonTable,
  costsTable,
  summaryTable,
  teachersTable,
  teacherVerdictSentence,
  verdictTable,
} from "./tables/synthetic_tables.ts";
export { type Table, table } from "./tables/table.ts";
export { tuneTable } from "./tables/tune_table.ts";
