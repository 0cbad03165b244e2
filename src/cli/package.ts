import { writeFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { BenchlinkError, EXIT } from '../errors.ts';
import { previewPackage } from '../preview.ts';
import { getWarrant, submissionsOf } from '../store/index.ts';
import { type Common, oneWarrant, withCommon, withStore } from './open.ts';

interface PackageOptions extends Common {
  readonly format: 'sent' | 'xml' | 'json' | 'text' | 'ojbc';
  readonly out?: string;
}

/** `benchlink package ID`: what was sent of a warrant, or what would be. */
export function packageCommand(program: Command, done: (code: number) => void): void {
  withCommon(program.command('package <id>'))
    .description('the package of a warrant: the exact bytes sent, or as it would be written now')
    .addOption(
      new Option('--format <format>', 'sent: the bytes on the wire; else how it would be written now')
        .choices(['sent', 'xml', 'json', 'text', 'ojbc'])
        .default('xml'),
    )
    .option('--out <file>', 'write to a file')
    .addHelpText('after', '\nExample:\n  benchlink package FTA-000123 --format xml --out package.xml')
    .action(async (id: string, options: PackageOptions) => {
      const bytes = await withStore(options, async (store, config) => {
        const row = await oneWarrant(store, id);
        if (options.format !== 'sent')
          return previewPackage(store, config, (await getWarrant(store.db, row.id))!, options.format);
        const last = (await submissionsOf(store.db, row.id)).at(-1);
        if (!last)
          throw new BenchlinkError(
            'usage',
            'NOT-SENT',
            `Nothing has been built for warrant ${row.id} yet; it is ${row.state} (${row.reason}).`,
          );
        return store.blobs.get(last.package_sha256);
      });
      if (options.out) writeFileSync(options.out, bytes);
      else process.stdout.write(bytes);
      done(EXIT.done);
    });
}
