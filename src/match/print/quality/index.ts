export { explainReason, judge } from './judge.ts';
export { type Measurements, measure } from './measure.ts';
