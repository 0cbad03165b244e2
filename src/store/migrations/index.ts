import type { Migration } from '../migrate.ts';
import { initial } from './001-initial.ts';

/** In order. Numbers are never reused; a released step is never edited. */
export const MIGRATIONS: readonly Migration[] = [initial];
