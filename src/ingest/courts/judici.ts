import type { CourtRecord, Problem } from '../../domain/index.ts';
import { Refusal } from '../refusal.ts';
import { readEventDate, readerSettings } from '../row-reader.ts';
import { headerIndex, headerKey } from '../table.ts';
import type { XmlElement } from '../xml/element.ts';
import { Taking } from '../xml/take.ts';
import { readXml } from '../xml.ts';
import { mergeMaps } from './code-map.ts';
import { type FlatPlace, flatRow, type Leaf } from './flat.ts';
import type { ByteSource, CodeMaps, CourtFormat, ParseContext, ParseItem } from './format.ts';
import { eachOnce, joinCharge } from './join-charge.ts';
import { aliasLeaves, isAlias, withUnit } from './judici-identity.ts';
import { WARRANT_COLUMNS } from './warrant-columns.ts';
import { type ReadRecord, type RowCourt, readWarrantRow } from './warrant-row.ts';

/**
 * Judici-like court data transfer XML, pulled case by case from a change list. Facts stand in attributes. A case with
 * an arrest cycle that has a `WarrantDate` has a warrant; what became of it is told by the case's events (code set
 * "event", each with its date), the newest that the court's map knows. A date of arrest on or after the warrant's
 * is a word of its own (`ARRESTED AFTER WARRANT`), which a county must map: it may be service or a later arrest.
 *
 * History
 * 2026-11-23  First version, after the published data definitions (Case, Actor, LitigantDetails, ArrestData, Count).
 *             Names of attributes of Identity and Charge are taken by their meaning, as the columns of other formats.
 * 2026-11-30  Option `namespace`: the definitions know none, but a county's exporter may put the document into one.
 *             Without the option such a document is refused by name; it was called empty before.
 */

const NAME = 'judici';

const COLUMNS = headerIndex(WARRANT_COLUMNS);

const OWN_CODES: CodeMaps = {
  status: [
    { raw: 'WARRANT ISSUED', code: 'ISSUED' },
    { raw: 'WARRANT RECALLED', code: 'RECALLED' },
    { raw: 'WARRANT QUASHED', code: 'QUASHED' },
    { raw: 'WARRANT SERVED', code: 'SERVED' },
    { raw: 'WARRANT STAYED', code: 'STAYED' },
  ],
  level: [
    { raw: 'F', code: 'F' },
    { raw: 'Felony', code: 'F' },
    { raw: 'M', code: 'M' },
    { raw: 'Misdemeanor', code: 'M' },
    { raw: 'I', code: 'I' },
    { raw: 'Infraction', code: 'I' },
  ],
};

/** Attributes whose names do not say their column. */
const RENAMED: Readonly<Record<string, string>> = {
  'case/number': 'case_number',
  'court/ncic': 'court_ori',
  'arrestdata/documentcontrolnumber': 'tcn',
  'arrestdata/bondamount': 'bond_amount',
  'arrestdata/cashbondtype': 'bond_type',
  'arrestdata/warrantdate': 'issue_date',
  'arrestdata/arrestdate': 'arrest_date',
  'count/number': 'count',
  'count/offensedate': 'offense_date',
  'count/ticketnumber': 'citation_number',
  'charge/statute': 'statute',
  'charge/severity': 'level',
  'charge/description': 'offense',
};

/** Elements that are looked for by name. */
const READ = new Set([
  'Court',
  'Case',
  'Actor',
  'Identity',
  'LitigantDetails',
  'ArrestData',
  'Count',
  'Charge',
  'Event',
]);

/** Attributes that are looked for by name, beside those that are columns. */
const READ_ATTRIBUTES = new Set([
  ...Object.keys(RENAMED).map((path) => path.slice(path.indexOf('/') + 1)),
  'code',
  'date',
  'rolesequence',
]);

/**
 * Why a name condemns the document: it is one that is read, but in a namespace nobody has told us of. To pass it over
 * would lose a warrant in silence; to read it would be a guess that it still means the same.
 */
function unexpected(name: string, kind: 'element' | 'attribute'): string | undefined {
  const [, namespace, local = ''] = /^\{(.*)\}([^}]*)$/s.exec(name) ?? [];
  if (namespace === undefined) return undefined;
  const key = headerKey(local);
  const isRead = kind === 'element' ? READ.has(local) : READ_ATTRIBUTES.has(key) || COLUMNS.has(key);
  if (!isRead) return undefined;
  return `The ${kind} ${local} is in the namespace "${namespace.slice(0, 200)}", which is not expected. If the source says that it is the same document, set the source's option namespace to that name.`;
}

/** A kind of case is no offence level, and what type of identity or relation something is no type of warrant. */
const NO_COLUMN = /^case\/category$|\/type$/;

function leaf(element: XmlElement, name: string, value: string): Leaf {
  const key = `${headerKey(element.name)}/${headerKey(name)}`;
  if (NO_COLUMN.test(key)) return { path: [element.name, name, 'text'], value: value.trim() };
  const renamed = RENAMED[key];
  return { path: renamed ? [renamed] : [element.name, name], value: value.trim() };
}

function attributesOf(element: XmlElement): Leaf[] {
  return element.attributes
    .map(({ name, value }) => leaf(element, name, withUnit(element, name, value.trim())))
    .filter(({ value }) => value !== '');
}

function below(element: XmlElement, skip: ReadonlySet<XmlElement>): Leaf[] {
  return [
    ...attributesOf(element),
    ...(element.text === '' ? [] : [{ path: [element.name], value: element.text }]),
    ...element.children.filter((child) => !skip.has(child)).flatMap((child) => below(child, skip)),
  ];
}

function find(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : find(child, name)));
}

interface CourtEventRow {
  readonly word: string;
  readonly date: string;
}

/** Events of a case whose word the court's map knows, oldest first. */
function knownEvents(events: readonly XmlElement[], court: RowCourt): CourtEventRow[] {
  const known = court.codes.event ?? [];
  const rows = events.flatMap((event) => {
    const word = event.attribute('Code') ?? '';
    const date = readEventDate(event.attribute('Date') ?? '', court.settings);
    return date.ok && known.some((line) => line.raw.toUpperCase() === word.toUpperCase())
      ? [{ word, date: date.value }]
      : [];
  });
  return rows.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/**
 * The word of a day. Events of one day that mean different things are a word of their own (`WBI + WRC`), which a
 * county must map: the document does not say which of them came last.
 */
function wordOfDay(events: readonly CourtEventRow[], court: RowCourt): string {
  const words = [...new Set(events.map(({ word }) => word))];
  const codeOf = (word: string) =>
    court.codes.event?.find((line) => line.raw.toUpperCase() === word.toUpperCase())?.code;
  const meanings = new Set(words.map(codeOf));
  return meanings.size > 1 ? words.join(' + ') : (words.at(-1) ?? '');
}

/** The status word of a warrant and its date. */
function statusOf(arrest: XmlElement, events: readonly XmlElement[], court: RowCourt): Leaf[] {
  const known = knownEvents(events, court);
  const newest = known.at(-1);
  if (newest)
    return [
      {
        path: ['status'],
        value: wordOfDay(
          known.filter(({ date }) => date === newest.date),
          court,
        ),
      },
      { path: ['status_date'], value: newest.date },
    ];
  const [issued, arrested] = ['WarrantDate', 'ArrestDate'].map((name) => {
    const date = readEventDate(arrest.attribute(name) ?? '', court.settings);
    return date.ok ? date.value : undefined;
  });
  const after = issued !== undefined && arrested !== undefined && arrested >= issued;
  return [{ path: ['status'], value: after ? 'ARRESTED AFTER WARRANT' : 'WARRANT ISSUED' }];
}

/** The warrants of one case: one for each defendant with a warrant date. */
function readCase(one: XmlElement, ordinal: number, court: RowCourt): ReadRecord[] {
  const actors = find(one, 'Actor');
  const ofActors = new Set(actors.flatMap((actor) => find(actor, 'Event')));
  // What happened to one defendant of a case says nothing of the others.
  const events = find(one, 'Event').filter((event) => !ofActors.has(event));
  const apart = new Set([...actors, ...events]);
  const shared = [...(one.parent ? attributesOf(one.parent) : []), ...below(one, apart)];
  const wanted = actors.flatMap((actor, i) => {
    const arrest = find(actor, 'ArrestData').find((data) => data.attribute('WarrantDate'));
    return arrest ? [{ actor, arrest, i }] : [];
  });
  return wanted.map(({ actor, arrest, i }, nth) => {
    const counts = find(actor, 'Count');
    const aliases = find(actor, 'Identity').filter(isAlias);
    const number = `${one.attribute('Number') ?? ''}-${find(actor, 'LitigantDetails')[0]?.attribute('RoleSequence') ?? i + 1}`;
    const own = [
      { path: ['warrant_number'], value: number },
      ...statusOf(arrest, [...events, ...find(actor, 'Event')], court),
      ...below(actor, new Set([...counts, ...aliases, ...find(actor, 'Event')])),
      ...aliasLeaves(aliases),
      ...shared,
    ];
    return readActor(own, counts, { line: actor.line, ordinal: ordinal + nth }, court);
  });
}

function readActor(
  own: readonly Leaf[],
  counts: readonly XmlElement[],
  place: FlatPlace,
  court: RowCourt,
): ReadRecord {
  const index = headerIndex(WARRANT_COLUMNS, court.context.options);
  const read = (count: readonly Leaf[]) => readWarrantRow(flatRow([...own, ...count], index, place), court);
  const [first, ...more] = counts.map((count) => below(count, new Set()));
  let joined = read(first ?? []);
  for (const count of more) {
    const given = count.map(({ path, value }) => ({ path: path.join('.'), value }));
    joined = joinCharge(joined, read(count), given);
  }
  return { ...joined, record: { ...joined.record, extra: eachOnce(joined.record.extra) } };
}

function noCase(): Problem {
  return {
    code: 'SRC-EMPTY',
    severity: 'error',
    message: 'The document holds no case; ask the source whether that is right.',
  };
}

async function* parse(input: ByteSource, context: ParseContext): AsyncGenerator<ParseItem<CourtRecord>> {
  const merged = mergeMaps(context.codes, OWN_CODES);
  // Event words are status words: one table says what each comes to.
  const codes = { ...merged, status: [...(merged.status ?? []), ...(merged.event ?? [])] };
  const court: RowCourt = {
    format: NAME,
    context,
    codes,
    settings: readerSettings(context.options, context.zone),
  };
  let cases = 0;
  let ordinal = 1;
  try {
    const { namespace } = context.options;
    const keys = namespace ? { [namespace]: '' } : {};
    const reading = { keys, limits: context.limits, cut: new Set(['Case']), refuse: unexpected };
    for await (const part of readXml(input, reading)) {
      if (part.kind !== 'record') {
        // Judges and officers of the court, and what the transfer says of itself.
        const extra = new Taking().leftovers([part.element]);
        if (extra.length > 0) yield { kind: 'file', facts: { extra } };
        continue;
      }
      cases += 1;
      const records = readCase(part.element, ordinal, court);
      ordinal += records.length;
      for (const record of records) yield { kind: 'record', ...record };
    }
    if (cases === 0) yield { kind: 'problem', problem: noCase() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    yield { kind: 'problem', problem: error.problem() };
  }
}

export const judici: CourtFormat = {
  name: NAME,
  feed: 'court',
  title: 'Judici-like court data transfer',
  history: [
    { date: '2026-11-23', change: 'First version, after the published data definitions.' },
    {
      date: '2026-11-30',
      change: 'In a namespace: read with the option namespace, refused by name without it.',
    },
    {
      date: '2026-11-30',
      change: 'Identities of type Alias are aliases; units of measures; court officers kept.',
    },
  ],
  delta: 'events',
  sniff: (head) => (head.root?.local === 'CourtDataTransferFile' ? 'certain' : 'no'),
  parse,
};
