import { type Clock, localDate } from '../clock.ts';
import type { Packager } from './context.ts';
import { checkEdits, DEFAULT_RULES, type EditRules } from './edits.ts';
import { trimMessage } from './leave-out.ts';
import type { Profile } from './package/profile.ts';

export interface PackagerOptions {
  readonly profile: Profile;
  readonly clock: Clock;
  /** Zone of the court: DOW and DOB are local dates, never UTC. */
  readonly zone: string;
  readonly rules?: EditRules;
}

/** A profile with the field edits before it: what sending needs of a message format. */
export function packagerOf(options: PackagerOptions): Packager {
  const { profile, clock, zone, rules = DEFAULT_RULES } = options;
  return {
    contentType: profile.contentType,
    check: (message) => {
      const trimmed = trimMessage(message, rules);
      return [...checkEdits(trimmed.message, rules, localDate(clock.now(), zone)), ...trimmed.warnings];
    },
    build: (message) => profile.build(trimMessage(message, rules).message),
    validate: (bytes) => profile.validate(bytes),
    nameOf: (warrant) => profile.nameOf(warrant),
    ...(profile.read ? { read: profile.read } : {}),
  };
}
