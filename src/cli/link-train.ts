import { writeFileSync } from 'node:fs';
import { loadConfig } from '../config.ts';
import { BenchlinkError, EXIT } from '../errors.ts';
import { type LinkModel, openFiles, startModel, trainOnFiles } from '../match/link/index.ts';
import { allBookings, allWarrants } from '../ports/link-bookings.ts';
import { linkModel } from '../ports/link-model.ts';
import { gatherLinkageCounty } from '../synth/linkage/index.ts';
import { recordsOf, rounded, SYNTHETIC_PEOPLE } from './link-input.ts';
import { storeOf } from './open.ts';
import { output } from './output.ts';

/** A drawn county makes fewer mistakes than a real one, so only half of what it teaches is believed. */
const SYNTHETIC_DOUBT = 0.5;

export interface TrainOptions {
  readonly columns?: string;
  readonly columnsB?: string;
  readonly out: string;
  readonly name: string;
  readonly model?: string;
  readonly synthetic?: boolean;
  readonly store?: boolean;
  readonly config?: string;
}

/** `link train`: a model without truth, apart from any run. */
export async function trainCommand(
  a: string | undefined,
  b: string | undefined,
  options: TrainOptions,
): Promise<number> {
  const start = options.model === undefined ? startModel() : linkModel(options.model);
  const model = await trainFrom(a, b, options, start);
  writeFileSync(options.out, `${JSON.stringify(model, rounded, 2)}\n`);
  const learned = model.trained.learned.join(', ') || 'nothing: too few records are of one person';
  output(false).line(`model in ${options.out}; learned ${learned}`);
  return EXIT.done;
}

function nothingToTrain(message: string): BenchlinkError {
  return new BenchlinkError('usage', 'LINK_NOTHING_TO_TRAIN', message);
}

function trainFrom(
  a: string | undefined,
  b: string | undefined,
  options: TrainOptions,
  start: LinkModel,
): Promise<LinkModel> {
  const given = [a !== undefined, options.store === true, options.synthetic === true];
  if (given.filter(Boolean).length > 1) {
    throw new BenchlinkError(
      'usage',
      'LINK_TRAIN_ON_ONE',
      'A model is learned from files, from --store or from --synthetic: give one of them.',
    );
  }
  if (options.synthetic === true) return trainSynthetic(start);
  return options.store === true ? trainStored(options, start) : trainFiles(a, b, options, start);
}

/** From the warrants and bookings of an installation. */
async function trainStored(options: TrainOptions, start: LinkModel): Promise<LinkModel> {
  const store = await storeOf(loadConfig(options.config));
  try {
    const files = await openFiles(allWarrants(store), allBookings(store));
    const { left, right } = files;
    if (left.size === 0 || right.size === 0) {
      throw nothingToTrain(
        `The store holds ${left.size} warrants and ${right.size} bookings; a model is learned from both. Is --config the installation's?`,
      );
    }
    return trainOnFiles(files, start, { name: options.name, on: 'stored warrants and bookings' });
  } finally {
    await store.close();
  }
}

async function trainSynthetic(start: LinkModel): Promise<LinkModel> {
  const county = gatherLinkageCounty({ seed: 'model', people: SYNTHETIC_PEOPLE.train, warrantShare: 0.5 });
  const files = await openFiles(
    county.warrants.map(({ warrant }) => warrant),
    county.bookings,
  );
  return trainOnFiles(files, start, {
    name: 'synthetic county',
    on: `synthetic linkage county, ${SYNTHETIC_PEOPLE.train} people`,
    doubt: SYNTHETIC_DOUBT,
  });
}

async function trainFiles(
  a: string | undefined,
  b: string | undefined,
  options: TrainOptions,
  start: LinkModel,
): Promise<LinkModel> {
  if (a === undefined || options.columns === undefined) {
    throw nothingToTrain('give one or two CSV files and --columns, or --store, or --synthetic');
  }
  const files = await openFiles(
    recordsOf(a, options.columns),
    b === undefined ? undefined : recordsOf(b, options.columnsB ?? options.columns),
  );
  return trainOnFiles(files, start, { name: options.name, on: 'CSV files' });
}
