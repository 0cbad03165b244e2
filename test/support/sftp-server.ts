import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import ssh2, { type Connection, type SFTPWrapper } from 'ssh2';

const { STATUS_CODE, OPEN_MODE } = ssh2.utils.sftp;

export interface SftpServer {
  readonly port: number;
  readonly hostKeySha256: string;
  /** The private key of the one account, `court`. */
  readonly clientKey: string;
  /**
   * Faults to order: the connection is cut after so many bytes were read, once; nothing may be changed. Files may
   * be written only where `readOnly` is set to false.
   */
  readonly faults: { cutAfterBytes?: number; readOnly?: boolean };
  /** Connections made so far. */
  connections(): number;
  close(): Promise<void>;
}

/** A key pair; ssh2 now and then writes one it cannot read itself, which is made again. */
export function keyPair(): { private: string; public: string } {
  for (;;) {
    const pair = ssh2.utils.generateKeyPairSync('ed25519');
    const parsed = [ssh2.utils.parseKey(pair.private), ssh2.utils.parseKey(pair.public)];
    const [a, b] = parsed.map((key) => (key instanceof Error ? undefined : key.getPublicSSH()));
    if (a && b && a.equals(b)) return pair;
  }
}

function attributes(stat: fs.Stats) {
  const { mode, uid, gid, size, atimeMs, mtimeMs } = stat;
  return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) };
}

function statusOf(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT') return STATUS_CODE.NO_SUCH_FILE;
  return code === 'EACCES' ? STATUS_CODE.PERMISSION_DENIED : STATUS_CODE.FAILURE;
}

/** Serves one SFTP session from a folder; only what a drop folder needs. */
function serve(sftp: SFTPWrapper, connection: Connection, root: string, faults: SftpServer['faults']): void {
  const handles = new Map<number, { fd?: number; names?: string[]; path: string }>();
  let next = 0;
  let sent = 0;
  const at = (path: string) => join(root, normalize(`/${path}`));
  const open = (entry: { fd?: number; names?: string[]; path: string }): Buffer => {
    next += 1;
    handles.set(next, entry);
    const handle = Buffer.alloc(4);
    handle.writeUInt32BE(next);
    return handle;
  };
  const of = (handle: Buffer) => handles.get(handle.readUInt32BE(0));
  const answer = (id: number, work: () => void, writes = false) => {
    try {
      if (writes && faults.readOnly) throw Object.assign(new Error('read-only'), { code: 'EACCES' });
      work();
    } catch (error) {
      sftp.status(id, statusOf(error));
    }
  };
  const ok = (id: number, work: () => void) =>
    answer(
      id,
      () => {
        work();
        sftp.status(id, STATUS_CODE.OK);
      },
      true,
    );
  sftp.on('REALPATH', (id, path) =>
    answer(id, () => {
      const real = fs.realpathSync(at(path)).slice(fs.realpathSync(root).length) || '/';
      sftp.name(id, [{ filename: real, longname: real, attrs: attributes(fs.statSync(at(path))) }]);
    }),
  );
  sftp.on('STAT', (id, path) => answer(id, () => sftp.attrs(id, attributes(fs.statSync(at(path))))));
  sftp.on('LSTAT', (id, path) => answer(id, () => sftp.attrs(id, attributes(fs.lstatSync(at(path))))));
  sftp.on('OPENDIR', (id, path) =>
    answer(id, () => sftp.handle(id, open({ path: at(path), names: fs.readdirSync(at(path)) }))),
  );
  sftp.on('READDIR', (id, handle) =>
    answer(id, () => {
      const dir = of(handle);
      const names = dir?.names?.splice(0) ?? [];
      if (names.length === 0) return void sftp.status(id, STATUS_CODE.EOF);
      const rows = names.map((filename) => {
        const stat = fs.lstatSync(join(dir?.path ?? root, filename));
        const kind = stat.isDirectory() ? 'd' : stat.isSymbolicLink() ? 'l' : '-';
        return {
          filename,
          longname: `${kind}rw-rw-rw- 1 court court 0 ${filename}`,
          attrs: attributes(stat),
        };
      });
      sftp.name(id, rows);
    }),
  );
  sftp.on('OPEN', (id, path, flags) => {
    const writes = (flags & OPEN_MODE.WRITE) !== 0;
    answer(
      id,
      () => sftp.handle(id, open({ path: at(path), fd: fs.openSync(at(path), writes ? 'w' : 'r') })),
      writes,
    );
  });
  sftp.on('WRITE', (id, handle, offset, data) =>
    ok(id, () => void fs.writeSync(of(handle)?.fd ?? -1, data, 0, data.length, offset)),
  );
  sftp.on('FSETSTAT', (id) => void sftp.status(id, STATUS_CODE.OK));
  sftp.on('SETSTAT', (id) => void sftp.status(id, STATUS_CODE.OK));
  sftp.on('FSTAT', (id, handle) =>
    answer(id, () => sftp.attrs(id, attributes(fs.fstatSync(of(handle)?.fd ?? -1)))),
  );
  sftp.on('READ', (id, handle, offset, length) =>
    answer(id, () => {
      const buffer = Buffer.alloc(Math.min(length, 32_768));
      const got = fs.readSync(of(handle)?.fd ?? -1, buffer, 0, buffer.length, offset);
      sent += got;
      if (faults.cutAfterBytes !== undefined && sent > faults.cutAfterBytes) {
        delete faults.cutAfterBytes;
        connection.end();
        return;
      }
      if (got === 0) sftp.status(id, STATUS_CODE.EOF);
      else sftp.data(id, buffer.subarray(0, got));
    }),
  );
  sftp.on('WRITE', (id, handle, offset, data) =>
    ok(id, () => {
      fs.writeSync(of(handle)?.fd ?? -1, data, 0, data.length, offset);
    }),
  );
  sftp.on('FSETSTAT', (id) => sftp.status(id, STATUS_CODE.OK));
  sftp.on('CLOSE', (id, handle) => {
    const entry = of(handle);
    if (entry?.fd !== undefined) fs.closeSync(entry.fd);
    handles.delete(handle.readUInt32BE(0));
    sftp.status(id, STATUS_CODE.OK);
  });
  sftp.on('MKDIR', (id, path) => ok(id, () => fs.mkdirSync(at(path))));
  sftp.on('RMDIR', (id, path) => ok(id, () => fs.rmdirSync(at(path))));
  sftp.on('REMOVE', (id, path) => ok(id, () => fs.rmSync(at(path))));
  sftp.on('RENAME', (id, from, to) =>
    ok(id, () => {
      // SFTP version 3: a rename never replaces.
      if (fs.existsSync(at(to))) throw new Error('exists');
      fs.renameSync(at(from), at(to));
    }),
  );
}

/** An SFTP server of this process over a folder, with one account and its key. */
export async function startSftpServer(root: string): Promise<SftpServer> {
  const host = keyPair();
  const client = keyPair();
  const allowed = ssh2.utils.parseKey(client.public);
  if (allowed instanceof Error) throw allowed;
  const hostKey = ssh2.utils.parseKey(host.public);
  if (hostKey instanceof Error) throw hostKey;
  const faults: SftpServer['faults'] = {};
  const open = new Set<Connection>();
  let connections = 0;
  const server = new ssh2.Server({ hostKeys: [host.private] }, (connection) => {
    connections += 1;
    (connection as unknown as { setNoDelay(on: boolean): void }).setNoDelay(true);
    open.add(connection);
    connection.on('close', () => open.delete(connection));
    connection.on('error', () => open.delete(connection));
    connection.on('authentication', (context) => {
      const known =
        context.method === 'publickey' &&
        context.username === 'court' &&
        context.key.data.equals(allowed.getPublicSSH()) &&
        (!context.signature ||
          allowed.verify(context.blob ?? Buffer.alloc(0), context.signature, context.hashAlgo));
      if (known) context.accept();
      else context.reject(['publickey']);
    });
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => serve(acceptSftp(), connection, root, faults));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    hostKeySha256: createHash('sha256').update(hostKey.getPublicSSH()).digest('base64').replace(/=+$/, ''),
    clientKey: client.private,
    faults,
    connections: () => connections,
    close: async () => {
      for (const connection of open) connection.end();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
