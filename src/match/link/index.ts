export type { ExplainOptions, Explanation, ExplanationRow } from './decide/explain.ts';
export type { HoldReason, LinkCandidate, LinkDecision, LinkOptions, NoneReason } from './decide/types.ts';
export { createLinker, type Linker } from './linker.ts';
export { checkModel } from './model/check.ts';
export type { FieldModel, LinkModel, LinkPrior } from './model/types.ts';
export type { LinkNames, LinkRecord, LinkWarrant } from './record.ts';
