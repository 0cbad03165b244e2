import { createReadStream } from 'node:fs';
import { type LinkFiles, openFiles, parseColumns, readRecords } from '../../src/match/link/index.ts';

/** Columns of the Febrl files, with ever more of them. */
export const FEBRL_NAMES = 'id=rec_id,given=given_name,surname=surname,dob=date_of_birth';
export const FEBRL_ADDRESS = `${FEBRL_NAMES},house=street_number,street=address_1,city=suburb,zip=postcode,state=state`;
export const FEBRL_ALL = `${FEBRL_ADDRESS},ssn=soc_sec_id`;

/** Opens one or two CSV files by a map of columns. */
export function openCsv(columns: string, a: string, b?: string): Promise<LinkFiles> {
  const map = parseColumns(columns);
  const read = (file: string) => readRecords(createReadStream(file), file, map);
  return b === undefined ? openFiles(read(a)) : openFiles(read(a), read(b));
}

/** The entity of a Febrl id: `rec-12-dup-0` and `rec-12-org` are one. */
export const entityOf = (id: string): string => id.split('-')[1] ?? id;
