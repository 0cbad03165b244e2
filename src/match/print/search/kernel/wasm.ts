import { SCAN_MODULE } from './module.ts';

/** The part of the WebAssembly interface that is used here (the DOM library, which declares it, is not loaded). */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

type Numbers<N extends number, R extends number[] = []> = R['length'] extends N
  ? R
  : Numbers<N, [...R, number]>;

/** What `assembly/kernel.ts` exports; see there for the parameters. */
export interface ScanExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  reserve(bytes: number): void;
  scan(...parameters: Numbers<6>): void;
  setProbe(...parameters: Numbers<15>): void;
  best(...parameters: Numbers<5>): void;
  setRules(...parameters: Numbers<4>): void;
  setTables(...parameters: Numbers<3>): void;
  verify(...parameters: Numbers<9>): void;
}

function isScanExports(value: unknown): value is ScanExports {
  return typeof value === 'object' && value !== null && 'scan' in value && 'verify' in value;
}

/** A fresh instance with its own memory. */
export function instantiateScan(): ScanExports {
  const bytes = Uint8Array.from(atob(SCAN_MODULE), (c) => c.charCodeAt(0));
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { abort: () => undefined },
  });
  const exports: unknown = instance.exports;
  if (!isScanExports(exports)) throw new TypeError('The scan module lacks its exports.');
  return exports;
}
