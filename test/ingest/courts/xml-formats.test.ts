import { COURT_FORMATS } from '../../../src/ingest/courts/index.ts';
import { formatTests } from '../../support/court-tests.ts';

for (const format of COURT_FORMATS) {
  if (format.name.startsWith('ojbc-') || format.name.startsWith('ebench-')) {
    formatTests(format, `courts/${format.name}`);
  }
}
