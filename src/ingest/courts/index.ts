import { ebench } from './ebench.ts';
import { fixedWidthDaily } from './fixed-width-daily.ts';
import type { CourtFormat } from './format.ts';
import { judici } from './judici.ts';
import { odysseyCsv } from './odyssey-csv.ts';
import { odysseyJson } from './odyssey-json.ts';
import { ojbcWarrantAccepted } from './ojbc-warrant-accepted.ts';
import { ojbcWarrantBatch } from './ojbc-warrant-batch.ts';
import { ojbcWarrantCancelled } from './ojbc-warrant-cancelled.ts';
import { ojbcWarrantIssued } from './ojbc-warrant-issued.ts';
import { ojbcWarrantModification } from './ojbc-warrant-modification.ts';
import { ojbcWarrantRejected } from './ojbc-warrant-rejected.ts';
import { relational } from './relational.ts';
import { utah } from './utah.ts';

/** Every court format, one line each. A format that is not here does not exist. */
export const COURT_FORMATS: readonly CourtFormat[] = [
  ojbcWarrantIssued,
  ojbcWarrantModification,
  ojbcWarrantCancelled,
  ojbcWarrantAccepted,
  ojbcWarrantRejected,
  ojbcWarrantBatch,
  ebench,
  odysseyCsv,
  odysseyJson,
  utah,
  fixedWidthDaily,
  judici,
  relational,
];

export function courtFormat(name: string): CourtFormat | undefined {
  return COURT_FORMATS.find((format) => format.name === name);
}
