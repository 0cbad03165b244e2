import type { CourtStatus, Note, ServiceCustody, Warrant, WarrantLevel } from '../../domain/index.ts';
import { NO_PERSON } from '../../domain/index.ts';
import { datesIn } from '../moments.ts';
import { niemDate } from '../niem/person.ts';
import { caseFacts, personOf, Report, subjectOf } from '../niem/report.ts';
import type { XmlElement } from '../xml/element.ts';
import type { Scope } from '../xml/references.ts';
import { Taking } from '../xml/take.ts';
import { cents, defined, definedOrNone } from '../xml/values.ts';
import { mapCode, mergeMaps } from './code-map.ts';
import type { CodeMaps, CourtFormat, ParseContext } from './format.ts';
import { rootName } from './ojbc-format.ts';
import { type DraftRecord, parseXmlDrop } from './xml-drop.ts';

const NUMBER = 'nc:ActivityIdentification/nc:IdentificationID';
const STATUS_TEXT = 'nc:ActivityStatus/nc:StatusDescriptionText';

/** The words eBench Warrant uses; a court's own configuration comes before them. */
const OWN_CODES: CodeMaps = {
  status: [
    { raw: 'Active', code: 'ISSUED' },
    { raw: 'Open', code: 'ISSUED' },
    { raw: 'Issued', code: 'ISSUED' },
    { raw: 'Ordered', code: 'ORDERED' },
    { raw: 'Stayed', code: 'STAYED' },
    { raw: 'Recalled', code: 'RECALLED' },
    { raw: 'Quashed', code: 'QUASHED' },
    { raw: 'Set Aside', code: 'QUASHED' },
    { raw: 'Served', code: 'SERVED' },
    { raw: 'Expired', code: 'EXPIRED' },
  ],
  level: [
    { raw: 'Felony', code: 'F' },
    { raw: 'Misdemeanor', code: 'M' },
    { raw: 'Petty Misdemeanor', code: 'M' },
    { raw: 'Infraction', code: 'I' },
    { raw: 'Violation', code: 'I' },
  ],
};

const STATUSES: readonly CourtStatus[] = [
  'ORDERED',
  'ISSUED',
  'STAYED',
  'RECALLED',
  'QUASHED',
  'SERVED',
  'EXPIRED',
];
const LEVELS: readonly WarrantLevel[] = ['F', 'M', 'I'];

/** One result of the query: a case, its warrant, and what hangs on it. */
class Result {
  readonly report: Report;
  readonly result: XmlElement;
  readonly warrant: XmlElement | undefined;
  readonly #context: ParseContext;

  constructor(report: Report, result: XmlElement, context: ParseContext) {
    this.report = report;
    this.result = result;
    this.warrant = report.take.element(result, 'j:Warrant', 'number');
    this.#context = context;
  }

  /** The three status words must agree: an active warrant whose order is recalled is a person's decision. */
  status(): Warrant['status'] {
    const { take } = this.report;
    const words = [
      ...take.elements(this.result, 'ebw:eBWWarrantStatus', 'status'),
      ...take.elements(this.warrant, STATUS_TEXT, 'status'),
      ...take.elements(this.warrant, 'j:CourtOrderStatus/nc:StatusDescriptionText', 'status'),
    ].filter((element) => element.text !== '');
    const mapped = words.map((element) => this.#code('status', element, STATUSES, 'error'));
    if (mapped.some((coded) => coded.code !== mapped[0]?.code)) {
      take.problem(
        'FIELD-FORMAT',
        'status',
        words[0]!,
        'contradicts the other status words of the same warrant',
      );
    }
    if (words[0]) take.take(words[0]);
    return mapped[0] ?? { raw: '' };
  }

  level(): Warrant['level'] {
    const element = this.report.take.element(this.warrant, 'j:WarrantLevelText', 'level');
    if (!element || element.text === '') return undefined;
    this.report.take.take(element);
    return this.#code('level', element, LEVELS, 'warning');
  }

  #code<Code extends string>(
    set: string,
    element: XmlElement,
    allowed: readonly Code[],
    severity: 'error' | 'warning',
  ): { code?: Code; raw: string } {
    const { codes, today } = this.#context;
    const { line } = element;
    const query = { set, raw: element.text, date: today, allowed, field: set, line };
    const { coded, problem } = mapCode(codes, query);
    if (problem) this.report.take.problems.push({ ...problem, severity, sourceField: element.path });
    return coded;
  }

  bail(): Warrant['bail'] {
    const { take } = this.report;
    const at = take.element(this.result, 'j:Bail', 'bail');
    const amount = take.element(at, 'j:BailSetAmount', 'bail');
    const nested = amount && amount.children.length > 0 ? 'j:BailSetAmount/nc:Amount' : 'j:BailSetAmount';
    return definedOrNone({
      cents: take.value(at, nested, 'bail', cents, { expected: 'an amount in dollars and cents' }),
      status: take.text(at, STATUS_TEXT, 'bail.status'),
    });
  }

  /** A category stands before the note it belongs to. */
  notes(): Note[] {
    const { take } = this.report;
    const notes: Note[] = [];
    let category: string | undefined;
    for (const child of this.result.children) {
      if (child.text === '') continue;
      if (child.name === 'ebw:NoteCategory') category = take.take(child);
      if (child.name !== 'ebw:Notes') continue;
      notes.push(defined<Note>({ category, text: take.take(child) }));
      category = undefined;
    }
    return category === undefined ? notes : [...notes, { category, text: '' }];
  }

  custody(): ServiceCustody | undefined {
    const text = (path: string) => this.report.take.text(this.result, path, 'custody');
    return definedOrNone<ServiceCustody>({
      status: text('ebw:CheckedIn-OutStatus'),
      agency: text('ebw:CheckedIn-OutAgency'),
      person: text('ebw:CheckedIn-OutByPersonName'),
      phone: text('ebw:CheckedIn-OutByPhone'),
      date: text('ebw:CheckedIn-OutDate'),
    });
  }

  read(): Warrant {
    const { report, result, warrant } = this;
    const person = warrant && subjectOf(report, warrant);
    return defined<Warrant>({
      number: report.take.text(warrant, NUMBER, 'number'),
      status: this.status(),
      statusDate: niemDate(report.take, warrant, 'nc:ActivityStatus/nc:StatusDate', 'statusDate'),
      level: this.level(),
      issuedDate: niemDate(report.take, warrant, 'j:CourtOrderIssuingDate', 'issuedDate'),
      jurisdiction: report.take.text(warrant, 'j:CourtOrderJurisdiction/nc:JurisdictionText', 'jurisdiction'),
      bail: this.bail(),
      case: caseFacts(report, report.take.element(result, 'j:Case|nc:Case', 'case')),
      offences: [],
      origin: {},
      person: person ? personOf(report, person) : NO_PERSON,
      vehicles: [],
      notes: this.notes(),
      custody: this.custody(),
    });
  }
}

const MANDATORY = [
  ['person.name', 'j:Person/nc:PersonName', (w: Warrant) => Object.keys(w.person.name).length > 0],
  [
    'number',
    'j:Warrant/nc:ActivityIdentification/nc:IdentificationID',
    (w: Warrant) => w.number !== undefined,
  ],
  ['issuedDate', 'j:Warrant/j:CourtOrderIssuingDate/nc:Date', (w: Warrant) => w.issuedDate !== undefined],
  ['status', 'ebw:eBWWarrantStatus', (w: Warrant) => w.status.raw !== ''],
] as const;

function listMissing(report: Report, result: XmlElement, warrant: Warrant): void {
  for (const [field, path, present] of MANDATORY) {
    if (present(warrant) || report.take.problems.some((problem) => problem.field === field)) continue;
    report.take.problems.push({
      code: 'FIELD-MISSING',
      severity: 'error',
      field,
      sourceField: `${result.path}/${path}`,
      line: result.line,
      message: `${field} is missing; the result must carry ${path}.`,
    });
  }
}

/**
 * The results of one person block. A result's values are its own and its person's; what no result claims
 * (a location nobody is joined to) travels with the first, so that nothing of the block is lost.
 */
function convert(block: XmlElement, scope: Scope, context: ParseContext): DraftRecord[] {
  const results = block.all('ebw:eBWResult');
  const read = results.map((result) => {
    const report = new Report(block, scope, new Taking(datesIn(context.zone)));
    const one = new Result(report, result, context);
    const warrant = one.read();
    listMissing(report, result, warrant);
    const person = one.warrant && subjectOf(report, one.warrant);
    return { report, result, warrant, own: [result, ...(person ? [person] : [])] };
  });
  const claimed = new Set(read.flatMap(({ own }) => own));
  const readers = new Set(read.map(({ report }) => report.take));
  const orphans = block.children.filter((child) => !claimed.has(child));
  return read.map(({ report, result, warrant, own }, i) => ({
    record: {
      format: 'ebench-snapshot',
      event: 'snapshot',
      warrant,
      cleared: [...report.take.cleared],
      extra: [...report.take.leftovers(own), ...(i === 0 ? Taking.leftoversOf(readers, orphans, block) : [])],
    },
    line: result.line,
    problems: report.take.problems,
  }));
}

/** Hawaii's eBench Warrant query results: a snapshot of a court's open warrants, a block a person. */
export const ebench: CourtFormat = {
  name: 'ebench-snapshot',
  title: 'eBench Warrant query results, NIEM 2.1',
  feed: 'court',
  delta: 'snapshot',
  history: [
    {
      date: '2026-11-23',
      change: 'First read: a person with many results, notes by category, check-out block.',
    },
  ],
  sniff: (head) => (rootName(head) === 'ebw-doc:Warrants' ? 'certain' : 'no'),
  parse: (input, context) =>
    parseXmlDrop(
      { cut: new Set(['ebw:eBWResults']), convert: (element, scope, ctx) => convert(element, scope, ctx) },
      input,
      { ...context, codes: mergeMaps(context.codes, OWN_CODES) },
    ),
};
