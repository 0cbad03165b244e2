import type { Command } from 'commander';
import { EXIT } from '../errors.ts';
import { explainWarrant, type LinkReasons, maskExplanation, type PrintReasons } from '../explain.ts';
import type { ExplanationRow } from '../match/link/index.ts';
import { linkModel } from '../ports/link-model.ts';
import { type Common, oneWarrant, withCommon, withStore } from './open.ts';
import { type Output, output, table } from './output.ts';

const chance = (value: number | undefined): string =>
  value === undefined ? '' : value >= 0.001 ? value.toFixed(4) : value.toExponential(1);

const bits = (value: number): string => `${value >= 0 ? '+' : ''}${value.toFixed(1)}`;

/** The reasoning line by line: values, level, m, u, frequency of the value, weight and running total in bits. */
export function explanationTable(rows: readonly ExplanationRow[]): string {
  return table(
    ['field', 'warrant', 'booking', 'level', 'm', 'u', 'frequency', 'weight', 'total'],
    rows.map((row) => [
      row.field,
      row.left,
      row.right,
      row.level,
      chance(row.m),
      chance(row.u),
      chance(row.frequency),
      bits(row.weight),
      bits(row.total),
    ]),
  );
}

function tellLink(link: LinkReasons, out: Output): void {
  const sure = link.probability === null ? '' : `, probability ${link.probability.toFixed(6)}`;
  out.line(`link: ${link.kind} by ${link.rule}${sure}${link.booking ? `, ${link.booking}` : ''}`);
  out.line(link.sentence);
  if (link.reasons.length > 0) out.line(`held or refused for ${link.reasons.join(', ')}`);
  if (link.rows.length > 0) {
    out.line();
    if (link.rowsFrom === 'model')
      out.line(`decided by ${link.rule}; side by side the two say, by the model "${link.model}":`);
    out.line(explanationTable(link.rows));
    out.line();
  }
  for (const { id, probability } of link.candidates.slice(1))
    out.line(`also came into question: ${id}, probability ${probability.toFixed(6)}`);
}

function tellPrint(print: PrintReasons, out: Output): void {
  const score = print.score === null ? '' : `, score ${print.score.toFixed(2)}`;
  out.line(`print: ${print.verdict} (${print.code})${score}`);
  out.line(print.sentence);
}

/** `explain`: why a warrant has the booking and the print it has. */
export function explainCommand(program: Command, done: (code: number) => void): void {
  withCommon(program.command('explain').argument('<id>', 'a warrant: our id, its number, OCA or FCN'))
    .description('why a warrant has the booking and the print it has, line by line')
    .option('--mask', 'show first letter and length of personal values only')
    .addHelpText('after', '\nExample:\n  benchlink explain FTA000123 --mask')
    .action(async (id: string, options: Common & { readonly mask?: boolean }) => {
      const found = await withStore(options, async (store, config) =>
        explainWarrant(store, await oneWarrant(store, id), linkModel(config.linkModelFile)),
      );
      const shown = options.mask === true ? maskExplanation(found) : found;
      const out = output(options.json ?? false);
      if (out.json) out.data(shown);
      else {
        out.line(`${shown.warrant}  warrant ${shown.number ?? '-'}  state ${shown.state}`);
        if (shown.waiting) out.line(`waits: ${shown.waiting}`);
        if (shown.link) tellLink(shown.link, out);
        else out.line('No booking has been looked for yet.');
        if (shown.print) tellPrint(shown.print, out);
      }
      done(EXIT.done);
    });
}
