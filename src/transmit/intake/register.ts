import type { Knex } from 'knex';
import type { ReceivedMessage, RecordTarget } from './message.ts';
import { VALIDATE_AFTER_DAYS } from './parameters.ts';

export type RecordState = 'active' | 'located' | 'cancelled' | 'cleared' | 'purged';

export interface RecordRow {
  fcn: string;
  nic: string | null;
  ori: string;
  oca: string;
  nam: string;
  dob: string | null;
  fbi: string | null;
  soc: string | null;
  oln: string | null;
  level: string | null;
  state: RecordState;
  fields: string;
  lists: string;
  print_sha256: string | null;
  entered_by: string;
  changed_by: string;
  entered_at: string;
  changed_at: string;
  validate_by: string;
}

export interface MessageRow {
  message_id: string;
  sha256: string | null;
  kind: string | null;
  state: 'answered' | 'queued' | 'closed';
  received_at: string;
  answer: string | null;
  held: string | null;
  release_at: string | null;
  times: number;
}

/** States in which a record still answers an inquiry: a person can be arrested on it. */
export const LIVE: readonly RecordState[] = ['active', 'located'];

function plusDays(at: string, days: number): string {
  return new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The intake's tables within one transaction. */
export class Register {
  readonly #trx: Knex.Transaction;

  constructor(trx: Knex.Transaction) {
    this.#trx = trx;
  }

  async message(id: string): Promise<MessageRow | undefined> {
    return this.#trx('messages').where({ message_id: id }).first();
  }

  async putMessage(row: Partial<MessageRow> & Pick<MessageRow, 'message_id' | 'state'>): Promise<void> {
    await this.#trx('messages').insert(row);
  }

  async answerHeld(messageId: string, answer: string): Promise<void> {
    await this.#trx('messages')
      .where({ message_id: messageId })
      .update({ state: 'answered', answer, held: null });
  }

  async countAgain(id: string): Promise<void> {
    await this.#trx('messages').where({ message_id: id }).increment('times', 1);
  }

  async dueQueued(at: string): Promise<MessageRow[]> {
    return this.#trx('messages')
      .where({ state: 'queued' })
      .where('release_at', '<=', at)
      .orderBy('received_at');
  }

  async nextNumber(name: 'fcn' | 'nic'): Promise<number> {
    const row = (await this.#trx('numbers').where({ name }).first()) as { next: number };
    await this.#trx('numbers')
      .where({ name })
      .update({ next: Number(row.next) + 1 });
    return Number(row.next);
  }

  async record(fcn: string): Promise<RecordRow | undefined> {
    return this.#trx('records').where({ fcn }).first();
  }

  /** The live record a change names: by FCN, NIC or ORI + OCA. */
  async target(ori: string, target: RecordTarget): Promise<RecordRow | undefined> {
    const query = this.#trx('records').where({ ori }).whereIn('state', LIVE);
    if (target.fcn) return query.where({ fcn: target.fcn }).first();
    if (target.nic) return query.where({ nic: target.nic }).first();
    if (target.oca) return query.where({ oca: target.oca, nam: target.nam ?? '' }).first();
    return undefined;
  }

  /**
   * The live record that makes an entry a duplicate at the same ORI: FBI; MNU; SOC; OLN + OLS; OCA + NAM;
   * DOB + NAM (domain brief A.3).
   */
  async duplicateOf(ori: string, message: ReceivedMessage): Promise<RecordRow | undefined> {
    const { FBI, SOC, OCA, NAM, DOB } = message.fields;
    const oln = licence(message.fields);
    const base = () => this.#trx<RecordRow>('records').where({ ori }).whereIn('state', LIVE).orderBy('fcn');
    const tries: Partial<RecordRow>[] = [];
    if (FBI) tries.push({ fbi: FBI });
    if (SOC) tries.push({ soc: SOC });
    if (oln) tries.push({ oln });
    if (OCA && NAM) tries.push({ oca: OCA, nam: NAM });
    if (DOB && NAM) tries.push({ dob: DOB, nam: NAM });
    for (const columns of tries) {
      const found = await base().where(columns).first();
      if (found) return found;
    }
    return this.#byMnu(ori, message.lists.MNU ?? []);
  }

  async #byMnu(ori: string, mnu: readonly string[]): Promise<RecordRow | undefined> {
    if (mnu.length === 0) return undefined;
    const fcns = this.#trx('mnu').where({ ori }).whereIn('mnu', mnu).select('fcn');
    return this.#trx<RecordRow>('records').whereIn('fcn', fcns).whereIn('state', LIVE).first();
  }

  async insertRecord(
    numbers: { fcn: string; nic: string | undefined },
    message: ReceivedMessage,
    at: string,
  ): Promise<void> {
    await this.#trx('records').insert({
      fcn: numbers.fcn,
      nic: numbers.nic ?? null,
      ...columns(message.fields),
      state: 'active',
      fields: JSON.stringify(message.fields),
      lists: JSON.stringify(message.lists),
      print_sha256: message.print?.sha256 ?? null,
      entered_by: message.messageId,
      changed_by: message.messageId,
      entered_at: at,
      changed_at: at,
      validate_by: plusDays(at, VALIDATE_AFTER_DAYS),
    });
    await this.#setMnu(numbers.fcn, message.fields.ORI ?? '', message.lists.MNU ?? []);
  }

  async #setMnu(fcn: string, ori: string, values: readonly string[]): Promise<void> {
    await this.#trx('mnu').where({ fcn }).delete();
    if (values.length > 0)
      await this.#trx('mnu').insert([...new Set(values)].map((mnu) => ({ fcn, ori, mnu })));
  }

  async changeRecord(
    row: RecordRow,
    fields: Readonly<Record<string, string>>,
    lists: Readonly<Record<string, readonly string[]>>,
    by: { messageId: string; at: string; printSha256?: string },
  ): Promise<void> {
    await this.#trx('records')
      .where({ fcn: row.fcn })
      .update({
        ...columns(fields),
        fields: JSON.stringify(fields),
        lists: JSON.stringify(lists),
        print_sha256: by.printSha256 ?? row.print_sha256,
        changed_by: by.messageId,
        changed_at: by.at,
      });
    await this.#setMnu(row.fcn, row.ori, lists.MNU ?? []);
  }

  async setState(fcn: string, state: RecordState, by: { messageId: string; at: string }): Promise<void> {
    await this.#trx('records').where({ fcn }).update({ state, changed_by: by.messageId, changed_at: by.at });
  }

  async validated(fcn: string, by: { messageId: string; at: string; days: number }): Promise<void> {
    await this.#trx('records')
      .where({ fcn })
      .update({ validate_by: plusDays(by.at, by.days), changed_by: by.messageId, changed_at: by.at });
  }

  async notice(row: {
    kind: string;
    fcn?: string;
    message_id?: string;
    at: string;
    body: unknown;
  }): Promise<void> {
    await this.#trx('notices').insert({ ...row, body: JSON.stringify(row.body) });
  }

  async respond(seq: number, text: string): Promise<boolean> {
    return (await this.#trx('notices').where({ seq }).update({ response: text })) === 1;
  }

  async dueForPurge(before: string): Promise<RecordRow[]> {
    return this.#trx('records').whereIn('state', LIVE).where('validate_by', '<', before).orderBy('fcn');
  }
}

function licence(fields: Readonly<Record<string, string>>): string | undefined {
  const { OLN, OLS } = fields;
  return OLN && OLS ? `${OLS}:${OLN}` : undefined;
}

function columns(fields: Readonly<Record<string, string>>): Partial<RecordRow> {
  return {
    ori: fields.ORI ?? '',
    oca: fields.OCA ?? '',
    nam: fields.NAM ?? '',
    dob: fields.DOB ?? null,
    fbi: fields.FBI ?? null,
    soc: fields.SOC ?? null,
    oln: licence(fields) ?? null,
    level: fields.LEVEL ?? null,
  };
}
