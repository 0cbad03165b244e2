export { CAUTION_LETTERS, cautionCode, cautionCodes } from './caution.ts';
export type { RecordChange } from './change.ts';
export { withDescriptors } from './descriptors.ts';
export { JSON_CONTEXT, toJson } from './json.ts';
export { jsonSchema } from './json-schema.ts';
export { changeBetween, factsTree, messageKey } from './message.ts';
export { miscellaneous } from './miscellaneous.ts';
export type * from './model.ts';
export { ncicName } from './name.ts';
export { EXTENSION, NAMESPACES } from './namespaces.ts';
export { NIEM_6 } from './niem6.ts';
export { NIEM_6_JSON, validateJson } from './niem6-json.ts';
export { OJBC_3, type OjbcAnswer, readOjbcAnswer, toOjbcReport } from './ojbc/index.ts';
export { type CountyOrders, withOrders } from './orders.ts';
export { MIS_LENGTH, NAM_LENGTH } from './parameters.ts';
export { provedNumbers } from './print.ts';
export type { Profile, ProfileReading, SentMessage } from './profile.ts';
export { readSchemas, SCHEMA_FILES, type SchemaSet } from './schemas.ts';
export {
  type Frame,
  type HitRequest,
  ncicText,
  type Pair,
  readFrame,
  readHitRequest,
  readTextAnswer,
  type TextAnswer,
  toText,
  writeFrame,
} from './text/index.ts';
export { createValidator, type PackageValidator, validatePackage } from './validate.ts';
export { toXml } from './xml.ts';
