/**
 * Open matchers on the same five sets by the same protocol, as recorded in November 2026; not run again here.
 * Per-set EER in %, then pooled with one threshold.
 */
export interface PeerRecord {
  readonly name: string;
  /** EER of fvc2000_db1b, fvc2002_db1b, fvc2002_db3b, fvc2004_db1b, fvc2004_db3b. */
  readonly perSet: readonly number[];
  readonly eer: number;
  readonly fmr100: number;
  readonly fmr1000: number;
  readonly zeroFmr: number;
}

export const PEERS: readonly PeerRecord[] = [
  {
    name: 'SourceAFIS Java 3.18',
    perSet: [3.93, 3.19, 11.43, 8.93, 5.36],
    eer: 6.79,
    fmr100: 10.4,
    fmr1000: 14.4,
    zeroFmr: 20.6,
  },
  {
    name: 'NBIS mindtct + bozorth3',
    perSet: [10.5, 4.29, 8.73, 11.42, 4.81],
    eer: 8.23,
    fmr100: 15.6,
    fmr1000: 23.1,
    zeroFmr: 31.8,
  },
  {
    name: 'MCC16 on SourceAFIS minutiae',
    perSet: [2.5, 1.99, 10.91, 5.0, 4.29],
    eer: 5.18,
    fmr100: 9.6,
    fmr1000: 16.7,
    zeroFmr: 54.4,
  },
  {
    name: 'OpenAFIS on SourceAFIS minutiae',
    perSet: [10.49, 8.26, 29.88, 11.52, 5.12],
    eer: 14.3,
    fmr100: 19.6,
    fmr1000: 28.4,
    zeroFmr: 43.5,
  },
  {
    name: 'Gabor + SourceAFIS',
    perSet: [2.86, 2.86, 3.21, 5.0, 1.43],
    eer: 3.47,
    fmr100: 5.4,
    fmr1000: 11.7,
    zeroFmr: 20.3,
  },
  {
    name: 'Gabor + SourceAFIS minutiae + MCC16',
    perSet: [3.23, 2.86, 3.57, 3.07, 0.45],
    eer: 2.99,
    fmr100: 4.9,
    fmr1000: 9.1,
    zeroFmr: 18.9,
  },
];

export const PEER_SETS = ['fvc2000_db1b', 'fvc2002_db1b', 'fvc2002_db3b', 'fvc2004_db1b', 'fvc2004_db3b'];
