export { type ColumnMap, FIELD_KEYS, parseColumns, unknownFields } from './csv/columns.ts';
export { type ReadNotice, readRecords } from './csv/read.ts';
export type { ExplainOptions, Explanation, ExplanationRow } from './decide/explain.ts';
export { Sharing } from './decide/share.ts';
export type { HoldReason, LinkCandidate, LinkDecision, LinkOptions, NoneReason } from './decide/types.ts';
export { mask } from './decide/values.ts';
export { type DriftAlarm, type DriftRow, driftReport, type FieldProfile, type LinkProfile } from './drift.ts';
export { explainPair } from './explain-pair.ts';
export {
  type FileLinks,
  type LinkedPair,
  type LinkFiles,
  linkFiles,
  openFiles,
  trainOnFiles,
} from './files.ts';
export { createLinker, type Linker } from './linker.ts';
export { checkModel } from './model/check.ts';
export { defaultModel, fileModel } from './model/default.ts';
export { startModel } from './model/start.ts';
export type { FieldModel, LinkModel, LinkPrior } from './model/types.ts';
export type { LinkNames, LinkRecord, LinkWarrant } from './record.ts';
export { type JudgedDecision, THRESHOLDS, type ThresholdRow, thresholdTable } from './thresholds.ts';
