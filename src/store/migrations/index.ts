import type { Migration } from '../migration.ts';
import { initial } from './001-initial.ts';
import { courtIngest } from './010-court-ingest.ts';
import { alertDeliveries } from './011-alert-deliveries.ts';
import { lastDays } from './012-last-days.ts';
import { holdings } from './020-holdings.ts';
import { reconcile } from './021-reconcile.ts';
import { workLists } from './022-work-lists.ts';
import { toldRemovals } from './023-told-removals.ts';
import { printIndex } from './030-print-index.ts';
import { galleryOrder } from './031-gallery-order.ts';
import { reviewOpinions } from './040-review-opinions.ts';

/**
 * In order. Numbers are never reused; a released step is never edited.
 * 001-009 core, 010-019 court ingest, 020-029 transmit, 030-039 booking and record feeds, 040-049 reviews.
 */
export const MIGRATIONS: readonly Migration[] = [
  initial,
  courtIngest,
  alertDeliveries,
  lastDays,
  holdings,
  reconcile,
  workLists,
  toldRemovals,
  printIndex,
  galleryOrder,
  reviewOpinions,
];
