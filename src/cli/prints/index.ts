import type { Command } from 'commander';
import { compareSubcommand } from './compare.ts';
import { convertSubcommand } from './convert.ts';
import { enrolSubcommand } from './enrol.ts';
import { extractSubcommand } from './extract.ts';
import { identifySubcommand } from './identify.ts';
import { qualitySubcommand } from './quality.ts';
import { scoresSubcommand } from './scores.ts';

const SUBCOMMANDS = [
  extractSubcommand,
  compareSubcommand,
  scoresSubcommand,
  enrolSubcommand,
  identifySubcommand,
  qualitySubcommand,
  convertSubcommand,
];

/** `benchlink prints ...`: the print library by hand. Touches no database. */
export function printsCommands(program: Command, done: (code: number) => void): void {
  const prints = program
    .command('prints')
    .description('read, compare and search prints; touches no database');
  for (const register of SUBCOMMANDS) register(prints, done);
}
