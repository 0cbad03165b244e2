import { meaningful } from './words.ts';

/** Words that say what kind of street it is, or that a flat follows; they carry no identity and vary by clerk. */
const KIND =
  /^(?:ST|STREET|AV|AVE|AVENUE|DR|DRIVE|RD|ROAD|LN|LANE|CT|COURT|WAY|BLVD|BOULEVARD|PL|PLACE|CIR|CIRCLE|CRES|CRESCENT|TER|TERRACE|HWY|HIGHWAY|PKWY|PARKWAY|SQ|SQUARE|CLOSE|CIRCUIT|CCT|GR|GROVE|N|S|E|W|NORTH|SOUTH|EAST|WEST)$/;
const FLAT = /^(?:APT|APARTMENT|UNIT|STE|SUITE|SPC|SPACE|RM|ROOM|FL|FLOOR|LOT|TRLR|NO)$/;

const HOUSE = /^\d+[A-Z]?$/;

/** House number (in front, or behind as in much of Europe) and street name without kind and flat: `1432 Oak St Apt 4` is `1432` and `OAK`. */
export function splitStreet(text: string | undefined): { house: string; street: string } {
  const plain = meaningful(text?.replace(/#.*$/, ''));
  if (plain === '' || /^(?:GENERAL DELIVERY|NO FIXED ADDRESS|NFA)$/.test(plain))
    return { house: '', street: '' };
  const words = plain.split(' ');
  const at = HOUSE.test(words[0] as string)
    ? 0
    : HOUSE.test(words[words.length - 1] as string)
      ? words.length - 1
      : -1;
  const house = at < 0 ? '' : (words[at] as string);
  const rest = words.filter((_, i) => i !== at);
  if (rest.length === 0) return { house, street: '' };
  const flat = rest.findIndex((word, i) => i > 0 && FLAT.test(word));
  const named = flat < 0 ? rest : rest.slice(0, flat);
  const bare = named.filter((word) => !KIND.test(word));
  return { house, street: (bare.length > 0 ? bare : named).join(' ') };
}
