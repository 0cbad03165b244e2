import type { CodeMaps } from './format.ts';

/**
 * Words that Odyssey-kind exports share. Each county names its own codes, with effective and obsolete dates;
 * those come from the source's configuration and go before these.
 */
export const ODYSSEY_CODES: CodeMaps = {
  status: [
    { raw: 'Ordered', code: 'ORDERED' },
    { raw: 'Issued', code: 'ISSUED' },
    { raw: 'Active', code: 'ISSUED' },
    { raw: 'Stayed', code: 'STAYED' },
    { raw: 'Held', code: 'STAYED' },
    { raw: 'Recalled', code: 'RECALLED' },
    { raw: 'Quashed', code: 'QUASHED' },
    { raw: 'Set Aside', code: 'QUASHED' },
    { raw: 'Served', code: 'SERVED' },
    { raw: 'Executed', code: 'SERVED' },
    { raw: 'Expired', code: 'EXPIRED' },
  ],
  type: [
    { raw: 'Bench Warrant', code: 'BENCH' },
    { raw: 'Bench Warrant - FTA', code: 'BENCH' },
    { raw: 'Arrest Warrant', code: 'ARREST' },
  ],
  level: [
    { raw: 'F', code: 'F' },
    { raw: 'Felony', code: 'F' },
    { raw: 'M', code: 'M' },
    { raw: 'Misdemeanor', code: 'M' },
    { raw: 'I', code: 'I' },
    { raw: 'Infraction', code: 'I' },
  ],
  bail: [
    { raw: 'Cash Only', code: 'CASH_ONLY' },
    { raw: 'Cash or Surety', code: 'BONDABLE' },
    { raw: 'Surety', code: 'BONDABLE' },
    { raw: 'No Bail', code: 'NO_BAIL' },
    { raw: 'OR', code: 'OR_CITE' },
    { raw: 'Cite and Release', code: 'OR_CITE' },
  ],
};
