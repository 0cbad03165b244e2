export {
  drawLinkageCounty,
  gatherLinkageCounty,
  type LinkageCountyOptions,
  type PersonFiles,
  type TruthfulWarrant,
} from './county.ts';
