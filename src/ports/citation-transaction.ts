import type { Booking, PersonName } from '../domain/index.ts';
import type { BuildCitationTransaction } from '../ingest/bookings/forward.ts';
import {
  buildTransaction,
  buildType14Record,
  decodeImage,
  encodeWsq,
  toPpi,
  writeAnsiNist,
} from '../match/print/index.ts';

export interface CitationRepository {
  /** 1.004 TOT agreed with the repository. */
  readonly transactionType: string;
  /** 1.007 DAI: the repository. */
  readonly agency: string;
  /** 1.013 DOM. */
  readonly domain?: readonly [name: string, version: string];
}

const digits = (date: string | undefined) => date?.replaceAll('-', '');

/** 2.018: `SURNAME,GIVEN MIDDLE SUFFIX`. */
function nameText({ surname, given, middle, suffix, full }: PersonName): string | undefined {
  const rest = [given, middle, suffix].filter(Boolean).join(' ');
  return surname ? `${surname},${rest}` : full;
}

/** Type-2 fields (EBTS 10.0). Retention is refused: the print may enter no database (VC 40500(a)). */
function type2Of(citation: Booking, printed: string | undefined): ReadonlyMap<number, string> {
  const { person } = citation;
  const fields: readonly (readonly [number, string | undefined])[] = [
    [5, 'N'],
    [9, citation.number],
    [18, nameText(person.name)],
    [22, digits(person.birthDate)],
    [24, person.sex],
    [25, person.race],
    [38, printed],
    [45, digits(citation.arrestDate ?? citation.bookedDate)],
    [73, citation.agencyOri],
  ];
  // FS, GS, RS and US part the fields: a text that holds one would break the record.
  return new Map(
    fields.flatMap(([number, text]) => (text ? [[number, text.replaceAll(/[\x1c-\x1f]/g, ' ')]] : [])),
  );
}

/** Builds the ANSI/NIST transaction of a citation's thumbprint: Type-1, Type-2 and a Type-14 with WSQ at 500 ppi. */
export function citationTransaction(repository: CitationRepository): BuildCitationTransaction {
  return async ({ citation, print, image, controlNumber }) => {
    const { width, height, ppi } = print;
    const decoded = toPpi(await decodeImage(image, { rawDimensions: { width, height, ppi } }), 500);
    const untouched = print.image_format === 'wsq' && decoded.width === width && decoded.height === height;
    const day = digits(print.capture_date ?? print.created_at.slice(0, 10)) ?? '';
    const record = buildType14Record(untouched ? image : encodeWsq(decoded), {
      idc: 1,
      fgp: print.finger,
      imp: print.impression,
      width: decoded.width,
      height: decoded.height,
      ppi: 500,
      compression: 'wsq',
      source: citation.agencyOri ?? '',
      captureDate: day,
    });
    return writeAnsiNist(
      buildTransaction({
        version: '0500',
        transactionType: repository.transactionType,
        date: day,
        destination: repository.agency,
        origin: citation.agencyOri ?? '',
        controlNumber,
        ...(repository.domain ? { domain: repository.domain } : {}),
        type2: type2Of(citation, digits(print.capture_date ?? undefined)),
        images: [record],
      }),
    );
  };
}
