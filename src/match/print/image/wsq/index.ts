export { decodeWsq, readWsqHeader, type WsqHeader, type WsqImage } from './decode.ts';
export { encodeWsq, STANDARD_BITRATE, type WsqOptions } from './encode.ts';
