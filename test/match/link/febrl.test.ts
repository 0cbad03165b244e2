import { describe, expect, test } from 'vitest';
import {
  fileModel,
  type LinkFiles,
  type LinkModel,
  linkFiles,
  trainOnFiles,
} from '../../../src/match/link/index.ts';
import { entityOf, hasShared, openShared } from './helpers.ts';

const NAMES = 'id=rec_id,given=given_name,surname=surname,dob=date_of_birth';
const ADDRESS = `${NAMES},house=street_number,street=address_1,city=suburb,zip=postcode,state=state`;
const ALL = `${ADDRESS},ssn=soc_sec_id`;
const note = hasShared ? '' : ' (skipped: the files are not on this machine)';

/** With the shipped model as it is, and with one learned from these very files without their truth. */
const modelFor = (files: LinkFiles, trained: boolean): LinkModel =>
  trained ? trainOnFiles(files, fileModel(), { name: 'febrl', on: 'febrl' }) : fileModel();

describe.skipIf(!hasShared)(`Febrl 4, 5,000 people in two files${note}`, () => {
  test.each([
    ['names and birth date', NAMES, 0.8],
    ['with the address', ADDRESS, 0.97],
    ['with the social security number', ALL, 0.995],
  ])(
    '%s: at probability 0.99, precision 99.9 %% and the recall asked for',
    async (_, columns, recall) => {
      const files = await openShared(columns, 'febrl-dataset4a.csv', 'febrl-dataset4b.csv');
      for (const trained of [false, true]) {
        const sure = linkFiles(files, modelFor(files, trained), 0.99).pairs;
        const right = sure.filter(({ idA, idB }) => entityOf(idA) === entityOf(idB)).length;
        expect(right / 5_000).toBeGreaterThanOrEqual(recall);
        expect(right / sure.length).toBeGreaterThanOrEqual(0.999);
      }
    },
    240_000,
  );
});

describe.skipIf(!hasShared)(`Febrl 3, duplicates within one file${note}`, () => {
  test('all fields: F1 of 0.97 or better', async () => {
    const files = await openShared(ALL, 'febrl-dataset3.csv');
    const sizes = [...Map.groupBy(files.left.ids, entityOf).values()];
    const pairs = sizes.reduce((sum, { length: n }) => sum + (n * (n - 1)) / 2, 0);
    for (const trained of [false, true]) {
      const links = linkFiles(files, modelFor(files, trained), 0.5).pairs;
      for (const floor of [0.5, 0.99]) {
        const found = links.filter(({ probability }) => probability >= floor);
        const right = found.filter(({ idA, idB }) => entityOf(idA) === entityOf(idB)).length;
        expect((2 * right) / (pairs + found.length)).toBeGreaterThanOrEqual(0.97);
      }
    }
  }, 240_000);
});
