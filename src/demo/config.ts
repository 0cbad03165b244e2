import { COUNTY, DROPS } from '../synth/county/index.ts';

/** Zone of the synthetic county's courts. */
export const COUNTY_ZONE = 'America/Los_Angeles';

/** Where the certificates of a county's sender lie, relative to its configuration. */
export const COUNTY_CERTIFICATES = {
  caFile: './certificates/ca.pem',
  certFile: './certificates/client.pem',
  keyFile: './certificates/client.key',
} as const;

/**
 * The configuration of a synthetic county that `writeCounty` wrote into `./county`, as its `benchlink.json` holds
 * it: every other command works on it too.
 */
export function countyConfig(intakeUrl: string, destination: Readonly<Record<string, number>> = {}) {
  const drop = (name: keyof typeof DROPS) => ({
    type: 'folder',
    path: `./county/${DROPS[name]}`,
    settleMs: 0,
  });
  return {
    county: COUNTY.name,
    zone: COUNTY_ZONE,
    data: './data',
    sources: [
      { name: 'court-ojbc', kind: 'court', transport: drop('ojbc'), options: { kind: 'BENCH' } },
      { name: 'court-odyssey', kind: 'court', transport: drop('odyssey') },
      {
        name: 'court-ebench',
        kind: 'court',
        transport: drop('ebench'),
        options: {
          kind: 'BENCH',
          courtOri: COUNTY.courtOri,
          agencyOri: COUNTY.sheriffOri,
          oca: 'warrant-number',
        },
      },
      { name: 'jail', kind: 'bookings', transport: drop('jail') },
      { name: 'police', kind: 'citations', transport: drop('police') },
      { name: 'records', kind: 'records', transport: drop('records') },
    ],
    destination: {
      name: 'reference-intake',
      ori: COUNTY.sheriffOri,
      url: intakeUrl,
      ...COUNTY_CERTIFICATES,
      perSecond: 200,
      ...destination,
    },
  };
}
