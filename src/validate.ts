import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { newWork } from './lease.ts';
import { withDestination } from './ports/sending.ts';
import { factsOf, getWarrant, packedIn, type Store } from './store/index.ts';
import { certify, type ValidationDue, validationDue } from './transmit/validate-due.ts';

/** A record to validate, with what a clerk holds against the court's register. */
export interface ValidationLine extends ValidationDue {
  readonly number: string | null;
  readonly name: string;
  readonly docket: string | null;
  readonly courtOri: string | null;
  /** Where the warrant stands with us: `entered`, or what must be settled before it can be certified. */
  readonly state: string;
  /** Warrants that ride in the record and must stand too. */
  readonly riders: readonly string[];
}

/** The list of records due, most urgent first. */
export async function validationList(
  store: Store,
  config: Config,
  clock: Clock,
  options: { readonly aheadDays?: number; readonly limit: number },
): Promise<ValidationLine[]> {
  const aheadDays = options.aheadDays ?? config.destination?.clocks.validateAheadDays;
  const parts = { store, clock, zone: config.zone };
  const due = await validationDue(parts, {
    limit: options.limit,
    ...(aheadDays === undefined ? {} : { aheadDays }),
  });
  const lines: ValidationLine[] = [];
  for (const each of due) {
    const row = await getWarrant(store.db, each.warrantId);
    if (!row) continue;
    const name = [row.surname, row.given].filter(Boolean).join(', ') || (factsOf(row).person.name.full ?? '');
    const { number, docket, state, court_ori: courtOri } = row;
    const riders = await packedIn(store.db, row.id);
    lines.push({ ...each, number, name, docket, courtOri, state, riders });
  }
  return lines;
}

export interface CertifyCommand {
  readonly config: Config;
  readonly store: Store;
  readonly clock: Clock;
  readonly actor: string;
  /** VLN: who certifies. Written in capitals, as the file has it. */
  readonly validator: string;
  readonly consulted: string;
}

/** Certifies one record; the message goes out with the next run. @returns its message id */
export function certifyOne(command: CertifyCommand, warrantId: string): Promise<string> {
  const { config, store, clock, actor, consulted } = command;
  const { owner } = newWork('val', clock);
  const by = { validator: command.validator.trim().toUpperCase(), consulted };
  return withDestination({ config, store, clock, actor, owner }, (sending) =>
    certify(sending, warrantId, by),
  );
}
