const NIEM = 'https://docs.oasis-open.org/niemopen/ns/';

/** Our extension namespace. */
export const EXTENSION = 'https://benchlink.example/fta-warrant/1.0/';

/** Prefixes of every namespace a message may use; the same in XML and JSON. */
export const NAMESPACES = {
  fta: EXTENSION,
  nc: `${NIEM}model/niem-core/6.0/`,
  j: `${NIEM}model/domains/justice/6.0/`,
  biom: `${NIEM}model/domains/biometrics/6.0/`,
  scr: `${NIEM}model/domains/screening/6.0/`,
} as const;
