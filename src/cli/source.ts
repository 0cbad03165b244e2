import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import { localDate, systemClock } from '../clock.ts';
import { loadConfig } from '../config.ts';
import { BenchlinkError, EXIT } from '../errors.ts';
import { feedFormats } from '../ingest/bookings/index.ts';
import { DEFAULT_LIMITS } from '../ingest/parameters.ts';
import { sourceFormats, testSource } from '../ingest/source-test.ts';
import { MemoryCursor } from '../ingest/transports/cursor.ts';
import { openTransport } from '../ingest/transports/open.ts';
import { readPrintFile } from '../ports/read-print-file.ts';
import { readSecret } from '../ports/source-transport.ts';
import { type Common, withCommon } from './open.ts';
import { output } from './output.ts';

/** `benchlink source test NAME`. */
export function sourceCommands(program: Command, done: (code: number) => void): void {
  const group = program.command('source').description('the configured sources');
  withCommon(group.command('test <name>'))
    .description('connect, read one record, and say in plain words what is wrong; changes nothing')
    .addHelpText('after', '\nExample:\n  benchlink source test fresno-superior')
    .action(async (name: string, options: Common) => {
      const config = loadConfig(options.config);
      const source = config.sources.find((one) => one.name === name);
      if (!source) {
        const known = config.sources.map((one) => one.name).join(', ') || 'none';
        throw new BenchlinkError(
          'usage',
          'SOURCE-UNKNOWN',
          `No source is named "${name}"; known are ${known}.`,
        );
      }
      const transport = openTransport(source, {
        clock: systemClock,
        sleep: (ms) => sleep(ms),
        owner: `test-${process.pid}`,
        // Nothing a run holds is taken over, and no cursor moves.
        isAlive: () => true,
        cursor: new MemoryCursor(),
        cursors: join(config.data, 'cursors'),
        readSecret,
      });
      const context = {
        source: source.name,
        zone: config.zone,
        today: localDate(systemClock.now(), config.zone),
        limits: DEFAULT_LIMITS,
        codes: source.codes,
        options: source.options,
      };
      const result = await testSource(
        sourceFormats(source.kind, feedFormats(readPrintFile)),
        transport,
        context,
        source.format,
      );
      const out = output(options.json ?? false);
      if (out.json) out.data({ source: name, ...result });
      else {
        for (const { step, ok, words } of result.steps) out.line(`${ok ? 'ok  ' : 'FAIL'} ${step}: ${words}`);
        out.line(
          result.ok ? `Source ${name} is ready.` : `Source ${name} is not ready: see the line marked FAIL.`,
        );
      }
      done(result.ok ? EXIT.done : EXIT.someFailed);
    });
}
