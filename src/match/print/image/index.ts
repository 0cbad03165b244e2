export * from './an2/index.ts';
export {
  type DecodedImage,
  type DecodeOptions,
  decodeImage,
  decodeThumb,
  type RawDimensions,
} from './decode.ts';
export { IMAGE_LIMITS, type ImageLimits } from './parameters.ts';
export { detectPolarity, invert, type Polarity } from './polarity.ts';
export { resize, toPpi } from './resample.ts';
export { foreignFormat, type ImageFormat, sniffFormat } from './sniff.ts';
export * from './wsq/index.ts';
