import type { Migration } from '../migration.ts';

/** What each examiner found of a question that takes two of them. */
export const reviewOpinions: Migration = {
  version: 40,
  name: 'review-opinions',
  async up(trx) {
    await trx.schema.createTable('review_opinions', (t) => {
      t.increments('id');
      t.integer('review_id').notNullable().references('reviews.id');
      t.text('decision').notNullable();
      t.text('given_by').notNullable();
      t.text('given_at').notNullable();
      t.text('note');
      t.index(['review_id']);
    });
  },
};
