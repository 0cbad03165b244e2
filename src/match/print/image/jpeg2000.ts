import { Worker } from 'node:worker_threads';
import { PrintError } from '../errors.ts';
import type { ImageLimits } from './parameters.ts';

/** What the worker answers. */
export type Jpeg2000Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'picture'; readonly width: number; readonly height: number; readonly data: Uint8Array }
  | { readonly kind: 'error'; readonly message: string };

export interface Grey {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The worker has our own ending: .ts as written, .js once compiled. */
function workerUrl(): URL {
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf('.'));
  return new URL(`./jpeg2000-worker${ending}`, import.meta.url);
}

/**
 * JPEG 2000 to 8-bit grey. OpenJPEG runs in a worker of its own: a damaged file can make it loop or grow without
 * end, and only a worker can be stopped.
 * @throws PrintError PRINT-MALFORMED, PRINT-TIMEOUT
 */
export function decodeJpeg2000(bytes: Uint8Array, limits: ImageLimits): Promise<Grey> {
  const worker = new Worker(workerUrl(), { workerData: bytes, stdout: true, stderr: true });
  let timer: NodeJS.Timeout | undefined;
  const answer = new Promise<Grey>((resolve, reject) => {
    const fail = (message: string, cause?: unknown): void =>
      reject(
        new PrintError('PRINT-MALFORMED', `The JPEG 2000 picture cannot be decoded: ${message}`, { cause }),
      );
    worker.on('message', (message: Jpeg2000Answer) => {
      if (message.kind === 'picture') resolve(message);
      else if (message.kind === 'error') fail(message.message);
      else {
        timer = setTimeout(
          () => reject(new PrintError('PRINT-TIMEOUT', 'Decoding took too long.')),
          limits.seconds * 1000,
        );
      }
    });
    worker.on('error', (cause) => fail('the codec stopped', cause));
    worker.on('exit', () => fail('the codec gave no picture'));
  });
  return answer.finally(() => {
    clearTimeout(timer);
    return worker.terminate();
  });
}
