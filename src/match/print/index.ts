/** Is it the same finger? Extraction, comparison and templates; imports nothing outside its folder. */
export { compare, type PreparedTemplate, prepare } from './compare/index.ts';
export { PrintError, type PrintErrorCode } from './errors.ts';
export { type Examination, type ExtractOptions, examine, extract } from './extract/index.ts';
export * from './image/index.ts';
export { ALGORITHM_VERSION, THRESHOLDS } from './parameters.ts';
export { explainReason, type Measurements } from './quality/index.ts';
export * from './search/index.ts';
export { decodeTemplate, encodeTemplate } from './template/binary.ts';
export { fromIso19794, type IsoOptions, toIso19794 } from './template/iso19794.ts';
export { fromType9, type Type9Options, toType9 } from './template/type9.ts';
export type * from './types.ts';
