import { describe, expect, test } from 'vitest';
import { type LinkWarrant, parseColumns, readRecords } from '../../../src/match/link/index.ts';

async function* pieces(text: string, size = text.length || 1): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, columns: string, size?: number): Promise<LinkWarrant[]> {
  const records: LinkWarrant[] = [];
  for await (const one of readRecords(pieces(text, size), 'test.csv', parseColumns(columns)))
    records.push(one);
  return records;
}

describe('the map of columns', () => {
  test('takes our names, common other names, and joins columns', () => {
    const map = parseColumns('id=rec_id, first_name=fn, last=ln, postcode=pc, street=no+road, email=mail');
    expect([...map.entries()]).toEqual([
      ['id', ['rec_id']],
      ['given', ['fn']],
      ['surname', ['ln']],
      ['zip', ['pc']],
      ['street', ['no', 'road']],
      ['email', ['mail']],
    ]);
  });
  test.each(['given', 'given=', '=x', 'id=a', 'given=a,first=b', ''])('"%s" is refused', (text) => {
    expect(() => parseColumns(text)).toThrow(
      expect.objectContaining({ code: 'LINK_COLUMNS_INVALID', kind: 'usage' }),
    );
  });
});

describe('reading a CSV file', () => {
  test('spaces around header and values do not count; columns not asked for are passed over', async () => {
    const [record] = await read('rec_id, given_name, junk\n r1 , ana , x\n', 'id=rec_id,given=given_name');
    expect(record).toMatchObject({ id: 'r1', given: 'ana' });
    expect(record).not.toHaveProperty('other');
  });
  test('a field the linker does not know is carried as another column', async () => {
    const [record] = await read('id,first,email\n1,Ana,a@b.c\n', 'id=id,given=first,email=email');
    expect(record?.other).toEqual({ email: 'a@b.c' });
  });
  test('quotes, line ends, a byte-order mark and pieces of any size are read alike', async () => {
    const text = '\uFEFFid,name\r\n1,"Ruiz, José ""Pepe"""\r\n2,Añez\r\n';
    for (const size of [1, 2, 3, 7, 1000]) {
      const records = await read(text, 'id=id,surname=name', size);
      expect(records.map(({ id, surname }) => [id, surname])).toEqual([
        ['1', 'Ruiz, José "Pepe"'],
        ['2', 'Añez'],
      ]);
    }
  });
  test.each([';', '\t', '|'])('a file delimited by %o', async (delimiter) => {
    const text = ['id,first', '1,Ana'].join('\n').replaceAll(',', delimiter);
    expect((await read(text, 'id=id,given=first'))[0]?.given).toBe('Ana');
  });
  test.each([
    ['03/04/1980', '04/17/1980', '19800304'],
    ['03/04/1980', '17/04/1980', '19800403'],
    ['1980-03-04', '', '19800304'],
  ])('dates %s beside %s', async (first, second, expected) => {
    const records = await read(`id,born\n1,${first}\n2,${second}\n`, 'id=id,dob=born');
    expect(records[0]?.dob).toBe(expected);
  });
  test('a birth date in three columns, a name in one, a house number apart', async () => {
    const text = 'id,by,bm,bd,full,no,road\n1,1980,3,4,"Ruiz, Ana Maria",12,Oak St\n2,,,,Ana Ruiz,,\n';
    const columns = 'id=id,birth_year=by,birth_month=bm,bd=bd,name=full,house=no,street=road';
    const [one, two] = await read(text, columns);
    expect(one).toMatchObject({
      given: 'Ana',
      middle: 'Maria',
      surname: 'Ruiz',
      dob: '19800304',
      street: '12 Oak St',
    });
    expect(two).toMatchObject({ given: 'Ana', surname: 'Ruiz' });
    expect(two?.dob).toBeUndefined();
  });
  test('without an id column the row number is the id', async () => {
    expect((await read('first\nAna\nEva\n', 'given=first')).map(({ id }) => id)).toEqual(['1', '2']);
  });
  test('a column that is not there is named, with those that are', async () => {
    await expect(read('id,first\n1,Ana\n', 'id=id,given=firstname')).rejects.toMatchObject({
      code: 'LINK_COLUMNS_MISSING',
      message: expect.stringContaining('"first"'),
    });
  });
  test('an empty file has no records, and short rows miss their last values', async () => {
    expect(await read('', 'id=id,given=first')).toEqual([]);
    expect((await read('id,first,last\n1,Ana\n', 'id=id,given=first,surname=last'))[0]).toMatchObject({
      given: 'Ana',
    });
  });
  test.each([
    ['latin1', 'Núñez'],
    ['utf16le', 'Núñez'],
    ['utf8', '李小龙'],
  ] as const)('%s is seen by its bytes', async (encoding, surname) => {
    const mark = encoding === 'utf16le' ? '\uFEFF' : '';
    const bytes = Buffer.from(`${mark}id,last\n1,${surname}\n`, encoding);
    const records: LinkWarrant[] = [];
    const source = (async function* () {
      yield bytes.subarray(0, 9);
      yield bytes.subarray(9);
    })();
    for await (const one of readRecords(source, 'f', parseColumns('id=id,surname=last'))) records.push(one);
    expect(records[0]?.surname).toBe(surname);
  });
  test('capitals in the header do not count, and a cell of a megabyte is cut', async () => {
    const [record] = await read(`ID,Last\n1,${'x'.repeat(1_000_000)}\n`, 'id=id,surname=last');
    expect(record?.surname?.length).toBe(500);
  });
  test('a row without an id is known by its number', async () => {
    expect((await read('id,first\n,Ana\n', 'id=id,given=first'))[0]?.id).toBe('1');
  });
  test.each([
    ['1,17/04/1980', 'day first'],
    ['1,03/04/1980', 'nothing shows'],
    ['1,17/04/1980\n2,04/18/1980', 'both ways round'],
  ])('says what it decided of the dates in %s', async (rows, said) => {
    const notices: string[] = [];
    const source = pieces(`id,born\n${rows}\n`);
    const map = parseColumns('id=id,dob=born');
    for await (const _ of readRecords(source, 'f.csv', map, (text) => notices.push(text)));
    expect(notices.join()).toContain(said);
  });
});
