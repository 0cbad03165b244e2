import { systemClock } from '../../src/clock.ts';
import { openSandbox } from '../../src/transmit/intake/sandbox.ts';

/** The reference intake in a process of its own: prints its address, ends when its input does. */
const [folder = '', certs = ''] = process.argv.slice(2);
const intake = await openSandbox({ data: folder, certs, clock: systemClock });
console.log(intake.url);
process.stdin.resume();
process.stdin.on('end', () => void intake.close().then(() => process.exit(0)));
