export {
  buildTextRecord,
  buildTransaction,
  buildType14Record,
  itemsField,
  type TransactionOptions,
  type Type14Options,
} from './build.ts';
export { type Compression, THUMBS } from './codes.ts';
export { readAnsiNist } from './read.ts';
export {
  type AnsiNistFile,
  type AnsiNistRecord,
  type Field,
  fieldItems,
  fieldNumber,
  fieldText,
  findField,
  type OpaqueRecord,
  type TaggedRecord,
  type Type4Record,
} from './record.ts';
export { type FingerImage, fingersOf, type ThumbImage, thumbsOf } from './thumbs.ts';
export { writeAnsiNist } from './write.ts';
