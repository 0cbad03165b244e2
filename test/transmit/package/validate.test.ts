import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createValidator,
  readSchemas,
  SCHEMA_FILES,
  toXml,
  validatePackage,
} from '../../../src/transmit/package/index.ts';
import { ENTER, FACTS } from './samples.ts';

const package_ = Buffer.from(toXml(ENTER)).toString('utf8');
const problemsOf = (text: string) => validatePackage(Buffer.from(text));

describe('Validation of a package', () => {
  it('tells the line, the element and what is wrong', () => {
    const [problem, ...more] = problemsOf(package_.replace('>CASH_ONLY<', '>CASH<'));
    const line = package_.split('\n').findIndex((each) => each.includes('>CASH_ONLY<')) + 1;
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      code: 'DST-INVALID',
      severity: 'error',
      line,
      field: '/fta:WarrantEntryRequest/j:Warrant/fta:WarrantAugmentation/fta:BailKindCode',
    });
    expect(problem?.message).toContain('is not an element of the set');
  });

  it('repeats no value of the package: a value may be a name or number of a person', () => {
    for (const [from, to] of [
      ['1990-02-28', "1990-02-31' is not O'Hara"],
      ['>W<', '>SECRET<'],
      ['>EW-C<', ">it's SECRET<"],
    ] as const) {
      for (const problem of problemsOf(package_.replaceAll(from, to))) {
        expect(problem.message).not.toMatch(/SECRET|1990|O'Hara/);
      }
    }
  });

  it('lists every fault at once', () => {
    const spoilt = package_.replace('>CASH_ONLY<', '>CASH<').replace('>EW-C<', '>ZZ<').replace('>W<', '>Q<');
    expect(problemsOf(spoilt)).toHaveLength(3);
  });

  it.each([
    ['an empty file', ''],
    ['a cut-off file', package_.slice(0, 900)],
    ['mismatched tags', '<a><b></a>'],
    ['two roots', '<a/><b/>'],
    ['another root', '<nothing/>'],
    ['a document type', `<!DOCTYPE a [<!ENTITY b "c">]>${package_.slice(package_.indexOf('?>') + 2)}`],
    ['an unknown element', package_.replace('<j:Warrant>', '<j:Warrant><j:Nothing/>')],
    [
      'elements out of order',
      package_.replace(/(<nc:Case>[\s\S]*<\/nc:Case>)([\s\S]*?)(<\/fta:Warrant)/, '$2$1$3'),
    ],
    [
      'an id',
      package_.replace(
        '<nc:Case>',
        '<nc:Case xmlns:s="https://docs.oasis-open.org/niemopen/ns/model/structures/6.0/" s:id="a">',
      ),
    ],
    [
      'nil',
      package_.replace(
        '<nc:Case>',
        '<nc:Case xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true">',
      ),
    ],
    ['print bytes that are no base64', package_.replace(/(<nc:Base64BinaryObject>)./, '$1*')],
  ])('refuses %s', (_what, text) => {
    expect(problemsOf(text)).not.toEqual([]);
  });

  it('opens no file an entity names', () => {
    const secret = join(tmpdir(), 'benchlink-validate-test.txt');
    writeFileSync(secret, 'SECRET');
    const attack = `<!DOCTYPE a [<!ENTITY x SYSTEM "file://${secret}">]><a>&x;</a>`;
    expect(JSON.stringify(problemsOf(attack))).not.toContain('SECRET');
    expect(problemsOf(attack)).not.toEqual([]);
  });

  it('stops a billion laughs at once', () => {
    const levels = Array.from({ length: 20 }, (_, i) => `<!ENTITY e${i + 1} "${`&e${i};`.repeat(10)}">`);
    const started = performance.now();
    expect(problemsOf(`<!DOCTYPE a [<!ENTITY e0 "x">${levels.join('')}]><a>&e20;</a>`)).not.toEqual([]);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it('keeps its memory flat over thousands of packages', () => {
    const bytes = toXml(ENTER);
    const bad = Buffer.from(package_.replace('>CASH_ONLY<', '>CASH<'));
    const run = () => {
      for (let i = 0; i < 500; i++) {
        validatePackage(bytes);
        validatePackage(bad);
        validatePackage(bytes.subarray(0, 500));
      }
      return process.memoryUsage().rss;
    };
    run();
    const first = run();
    for (let i = 0; i < 3; i++) run();
    expect(run() - first).toBeLessThan(40 * 1024 * 1024);
  });
});

describe('A schema set', () => {
  it('holds every document by its path', () => {
    expect([...readSchemas().keys()]).toEqual([...SCHEMA_FILES]);
  });

  it('that lacks a document it imports is refused', () => {
    const broken = new Map([...readSchemas()].filter(([file]) => file !== 'niem-core.xsd'));
    expect(() => createValidator(broken)).toThrow(expect.objectContaining({ code: 'XSD-BROKEN' }));
  });

  it('without its root is refused', () => {
    expect(() => createValidator(new Map())).toThrow(expect.objectContaining({ code: 'XSD-MISSING' }));
  });

  it('may be disposed of without touching another', () => {
    const own = createValidator(readSchemas());
    expect(own.validate(toXml({ ...ENTER, facts: FACTS }))).toEqual([]);
    own.dispose();
    expect(validatePackage(toXml(ENTER))).toEqual([]);
  });
});
