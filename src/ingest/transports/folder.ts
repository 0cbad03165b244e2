import { type DropDependencies, type DropSettings, DropTransport } from './drop.ts';
import { LocalFiles } from './local-files.ts';

export interface FolderSettings extends DropSettings {
  /** The folder into which the source writes. Its `claimed/`, `done/` and `refused/` must be on one file system. */
  readonly folder: string;
}

/** A drop folder on this machine. */
export class FolderTransport extends DropTransport {
  constructor(settings: FolderSettings, dependencies: DropDependencies) {
    super(settings, new LocalFiles(settings.folder), dependencies);
  }
}
