import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeTemplate,
  encodeTemplate,
  fromIso19794,
  type Minutia,
  type RidgeMap,
  type Template,
  toIso19794,
} from '../../../../src/match/print/index.ts';
import { codeOf } from '../print-error.ts';

const minutia: fc.Arbitrary<Minutia> = fc.record({
  x: fc.nat(1999),
  y: fc.nat(1999),
  direction: fc.nat(255).map((u) => (u * 2 * Math.PI) / 256),
  type: fc.constantFrom('ending' as const, 'bifurcation' as const),
  reliability: fc.integer({ min: 1, max: 100 }),
});

const ridgeMap: fc.Arbitrary<RidgeMap> = fc
  .record({ columns: fc.integer({ min: 1, max: 20 }), rows: fc.integer({ min: 1, max: 20 }) })
  .chain(({ columns, rows }) => {
    const cells = columns * rows;
    return fc.record({
      step: fc.integer({ min: 4, max: 40 }),
      columns: fc.constant(columns),
      rows: fc.constant(rows),
      orientation: fc.uint8Array({ minLength: cells, maxLength: cells }),
      period: fc.uint8Array({ minLength: cells, maxLength: cells }),
    });
  })
  .map((map) => ({ ...map, period: map.period.map((p, i) => (map.orientation[i] === 255 ? 0 : p)) }));

const template: fc.Arbitrary<Template> = fc
  .record({
    version: fc.nat(255),
    width: fc.nat(2000),
    height: fc.nat(2000),
    quality: fc.nat(100),
    minutiae: fc.array(minutia, { maxLength: 60 }),
    ridges: fc.option(ridgeMap, { nil: undefined }),
  })
  .map(({ ridges, ...rest }) => ({ ...rest, ...(ridges && { ridges }) }));

/** The error's code, or `none`; anything that is no PrintError is a fault of ours and thrown on. */
describe('the binary template', () => {
  it('comes back exactly as it went', () => {
    fc.assert(
      fc.property(template, (t) => {
        expect(decodeTemplate(encodeTemplate(t))).toEqual(t);
      }),
    );
  });

  it('is a typed error or a template however its bytes are damaged', () => {
    fc.assert(
      fc.property(template, fc.nat(), fc.nat(255), fc.nat(), (t, at, value, cut) => {
        const bytes = encodeTemplate(t);
        bytes[at % bytes.length] = value;
        codeOf(() => decodeTemplate(bytes.subarray(0, cut % (bytes.length + 1))));
        codeOf(() => decodeTemplate(bytes));
      }),
    );
  });

  it('names what is wrong', () => {
    const bytes = encodeTemplate({ version: 1, width: 300, height: 300, quality: 50, minutiae: [] });
    expect(codeOf(() => decodeTemplate(new Uint8Array()))).toBe('PRINT-FORMAT-UNKNOWN');
    expect(codeOf(() => decodeTemplate(bytes.subarray(0, bytes.length - 1)))).toBe('PRINT-TRUNCATED');
    expect(codeOf(() => decodeTemplate(Uint8Array.from([...bytes, 0])))).toBe('PRINT-TEMPLATE');
    expect(codeOf(() => decodeTemplate(bytes.with(4, 99)))).toBe('PRINT-TEMPLATE');
  });
});

describe('ISO/IEC 19794-2:2005 records', () => {
  it('hold the header and minutiae where clause 8 puts them', () => {
    const bytes = toIso19794(
      {
        version: 1,
        width: 388,
        height: 374,
        quality: 77,
        minutiae: [{ x: 100, y: 200, direction: Math.PI / 2, type: 'bifurcation', reliability: 60 }],
      },
      { position: 1 },
    );
    expect(Buffer.from(bytes).toString('hex')).toBe(
      [
        '464d520020323000', // format and version
        '00000024', // length: 24 + 4 + 6 + 2
        '0000', // capture equipment
        '01840176', // 388 x 374
        '00c500c5', // 197 pixels per cm
        '0100', // one view, reserved
        '01004d01', // right thumb, view 0 of a live-scan plain, quality 77, one minutia
        '806400c8403c', // bifurcation at (100, 200), 90 degrees, quality 60
        '0000', // no extended data
      ].join(''),
    );
  });

  it('keep the minutiae', () => {
    fc.assert(
      fc.property(template, (t) => {
        const back = fromIso19794(toIso19794(t));
        expect(back.minutiae).toEqual(t.minutiae);
        expect([back.width, back.height, back.quality]).toEqual([t.width, t.height, t.quality]);
      }),
    );
  });

  it('are brought to 500 ppi when written at another resolution', () => {
    const bytes = toIso19794({
      version: 1,
      width: 100,
      height: 100,
      quality: 1,
      minutiae: [{ x: 50, y: 20, direction: 0, type: 'ending', reliability: 9 }],
    });
    new DataView(bytes.buffer).setUint16(18, 394);
    new DataView(bytes.buffer).setUint16(20, 394);
    expect(fromIso19794(bytes).minutiae[0]).toMatchObject({ x: 25, y: 10 });
  });

  it('are a typed error or a template however their bytes are damaged', () => {
    fc.assert(
      fc.property(template, fc.nat(), fc.nat(255), (t, at, value) => {
        const bytes = toIso19794(t);
        bytes[at % bytes.length] = value;
        codeOf(() => fromIso19794(bytes));
      }),
    );
    expect(codeOf(() => fromIso19794(new Uint8Array(40)))).toBe('PRINT-FORMAT-UNKNOWN');
  });
});
