import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countByState } from '../../src/store/index.ts';
import { DropTransport } from '../../src/transmit/transports/drop.ts';
import type { DropStore } from '../../src/transmit/transports/drop-store.ts';
import { FolderStore } from '../../src/transmit/transports/folder-store.ts';
import { SftpStore } from '../../src/transmit/transports/sftp-store.ts';
import { type SftpServer, startSftpServer } from '../support/sftp-server.ts';
import { openWorld, type World } from './support/world.ts';

describe.each(['folder', 'sftp'] as const)('A destination behind a drop (%s)', (kind) => {
  let root: string;
  let world: World;
  let server: SftpServer | undefined;
  let store: DropStore;
  let transport: DropTransport;

  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'benchlink-drop-'));
    mkdirSync(join(root, 'in'));
    world = await openWorld({ drop: root });
    if (kind === 'sftp') {
      server = await startSftpServer(root);
      server.faults.readOnly = false;
      const { port, hostKeySha256, clientKey: privateKey } = server;
      store = new SftpStore({
        host: '127.0.0.1',
        port,
        username: 'court',
        privateKey,
        hostKeySha256,
        folder: '/',
        timeoutMs: 5000,
      });
    } else store = new FolderStore(root);
    transport = new DropTransport(store, () => world.clock.now().toISOString());
  });
  afterEach(async () => {
    await transport.shut();
    await server?.close();
    await world.close();
    rmSync(root, { recursive: true, force: true });
  });

  const send = () => world.run({ transport, policy: { patienceMs: 0 } });

  it('gets each message once and answers with an acknowledgement file', async () => {
    const ids = [await world.add(1), await world.add(2)];
    expect(await send()).toMatchObject({ queued: 2, open: 2 });
    await send();
    await world.intake.passDrop();
    world.clock.advance(60_000);
    expect(await send()).toMatchObject({ accepted: 2, open: 0 });
    for (const id of ids) expect(await world.messages(id)).toEqual(['enter accepted']);
    expect(await world.active()).toHaveLength(2);
  });

  it('may have a recalled message taken out before it is taken up', async () => {
    const id = await world.add(1);
    await send();
    const [sub] = await world.store.db('submissions').select('message_id');
    const { message_id: messageId } = sub as { message_id: string };
    await transport.close(messageId);
    await world.intake.passDrop();
    await world.court(id, 'recalled');
    world.clock.advance(60_000);
    await send();
    expect(await world.messages(id)).toEqual(['enter withdrawn']);
    expect(await world.active()).toEqual([]);
  });

  it('cancels what was acknowledged', async () => {
    const id = await world.add(1);
    await send();
    await world.intake.passDrop();
    world.clock.advance(60_000);
    await send();
    await world.court(id, 'recalled');
    await send();
    await world.intake.passDrop();
    world.clock.advance(60_000);
    await send();
    expect(await world.messages(id)).toEqual(['enter accepted', 'cancel accepted']);
    await world.intake.passDrop();
    const list = [];
    for await (const record of transport.activeRecords()) list.push(record);
    expect(list).toEqual([]);
  });

  it('leaves a message it cannot read to its sender, and half-written files alone', async () => {
    writeFileSync(join(root, 'in', 'odd.xml'), 'not a message');
    writeFileSync(join(root, 'in', '.half.xml.tmp'), '<half');
    expect(await world.intake.passDrop()).toBe(1);
    await world.add(1);
    await send();
    await world.intake.passDrop();
    world.clock.advance(60_000);
    await send();
    expect(await countByState(world.store.db)).toEqual({ entered: 1 });
  });
});
