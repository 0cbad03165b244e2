import { expect, test } from 'vitest';
import { waterfall } from '../../src/demo/waterfall.ts';

test('a waterfall has a bar for every line, up or down, with its weight and the total so far', () => {
  const html = waterfall([
    { field: 'prior', left: '', right: '', level: 'before anything', weight: -5, total: -5 },
    { field: 'surname', left: '<B>', right: '<B>', level: 'exact', weight: 12.3, total: 7.3 },
  ]);
  expect(html.match(/<rect class="(up|down)"/g)).toEqual(['<rect class="down"', '<rect class="up"']);
  expect(html).toContain('+12.3 = 7.3');
  expect(html).not.toContain('<B>');
});
