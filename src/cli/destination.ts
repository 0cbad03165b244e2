import type { Command } from 'commander';
import { systemClock } from '../clock.ts';
import { loadConfig } from '../config.ts';
import { BenchlinkError, EXIT } from '../errors.ts';
import { endingCertificates } from '../ports/destination-transport.ts';
import { probeDestination } from '../ports/probe-destination.ts';
import { type Common, withCommon } from './open.ts';
import { output } from './output.ts';

/** `benchlink destination test`: is it there, and does it take us? */
export function destinationCommands(program: Command, done: (code: number) => void): void {
  const destination = program.command('destination').description('the destination of the configuration');
  withCommon(destination.command('test'))
    .description('try the destination and say in plain words what is wrong; nothing is sent')
    .addHelpText('after', '\nExample:\n  benchlink destination test --config /etc/benchlink.json')
    .action(async (options: Common) => {
      const config = loadConfig(options.config);
      if (!config.destination)
        throw new BenchlinkError('usage', 'NO-DESTINATION', 'No destination is configured.');
      const trouble = await probeDestination(config.destination, systemClock);
      const certificates = trouble ? [] : endingCertificates(config.destination, systemClock.now());
      const out = output(options.json ?? false);
      if (out.json) out.data({ reached: !trouble, trouble: trouble ?? null, certificates });
      else {
        out.line(trouble ? trouble.message : `${config.destination.name} is there and takes us.`);
        for (const { name, notAfter, daysLeft } of certificates)
          out.line(`${name} ends on ${notAfter.slice(0, 10)}, in ${daysLeft} days: order a new one.`);
      }
      done(trouble ? EXIT.couldNotRun : EXIT.done);
    });
}
