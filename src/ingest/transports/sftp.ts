import { type DropDependencies, type DropSettings, DropTransport } from './drop.ts';
import { type SftpAccount, SftpFiles } from './sftp-files.ts';

/** A drop folder on an SFTP server: host key pinned, key authentication, claims by rename on the server. */
export class SftpTransport extends DropTransport {
  constructor(settings: DropSettings & SftpAccount, dependencies: DropDependencies) {
    super(settings, new SftpFiles(settings), dependencies);
  }
}
