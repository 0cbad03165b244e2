// Runs a script of this project with a Node that is new enough, after whatever set-up is missing.
//
//   node scripts/with-node.mjs SCRIPT [ARG ...]
//
// Plain JavaScript that any Node >= 18 can read: it is the one file that may meet an old Node.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const MIN = [22, 19];

/**
 * Node lets the space for new objects grow to 128 MB, which a run that makes many short-lived ones fills without
 * needing it, lets the space for old ones grow to several times what lives in it before it looks, and makes new
 * objects among the old ones once a few of their kind have lived long (docs/decisions/0005-memory.md). V8 reads these
 * at its start only.
 */
const NODE_FLAGS = [
  '--max-semi-space-size=8',
  '--heap-growing-percent=50',
  '--no-allocation-site-pretenuring',
];

/** Heaps of its own for each thread are what the C library keeps unused memory in; two are enough. */
const MEMORY = { MALLOC_ARENA_MAX: '2' };

export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > MIN[0] || (major === MIN[0] && minor >= MIN[1]);
}

function carriedNode() {
  const path = join(
    root,
    'runtime',
    'node_modules',
    `node-${process.platform}-${process.arch}`,
    'bin',
    'node',
  );
  return existsSync(path) ? path : undefined;
}

function fail(message) {
  process.stderr.write(`benchlink: ${message}\n`);
  process.exit(3);
}

/** Runs npm in a folder. npm itself may run on the old Node: it only needs to unpack. */
function npmCi(folder, node) {
  const cli = process.env.npm_execpath;
  const viaFile = cli?.endsWith('.js') && node;
  const [command, args] = viaFile ? [node, [cli, 'ci']] : ['npm', ['ci']];
  // npm's own output goes to stderr, so that `--json` on stdout stays JSON.
  const done = spawnSync(
    command,
    [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: folder,
      stdio: ['ignore', process.stderr.fd, process.stderr.fd],
      env: { ...process.env, npm_config_prefix: undefined },
    },
  );
  if (done.status !== 0) {
    fail(
      `'npm ci' failed in ${folder} (exit ${done.status ?? done.signal ?? done.error?.message}). Check the network and the npm registry, then try again.`,
    );
  }
}

/** Why no Node can be fetched for a machine; undefined where one can. */
export function whyNotCarried(version, platform, arch) {
  if (platform === 'linux' && ['x64', 'arm64'].includes(arch)) return undefined;
  return `Node ${version} is too old: Benchlink needs Node >= ${MIN.join('.')}. Install one from https://nodejs.org and run this again.`;
}

/** The Node to use: the one at hand if it is new enough, else the one npm carries (fetched once). */
export function findNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  let carried = carriedNode();
  if (!carried) {
    const why = whyNotCarried(process.versions.node, process.platform, process.arch);
    if (why) fail(why);
    process.stderr.write(
      `benchlink: Node ${process.versions.node} is older than ${MIN.join('.')}; fetching Node 24 through npm into runtime/ (once, about 190 MB)\n`,
    );
    npmCi(join(root, 'runtime'));
    carried = carriedNode();
    if (!carried) fail('Node 24 could not be fetched through npm. Install Node >= 22.19 and run this again.');
    chmodSync(carried, 0o755);
  }
  return carried;
}

/** True when node_modules holds just what package-lock.json says. */
function isInstalled() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed)) return false;
  try {
    const want = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
    return Object.entries(want).every(
      ([path, entry]) =>
        path === '' ||
        entry.optional ||
        entry.dev ||
        entry.devOptional ||
        have[path]?.version === entry.version,
    );
  } catch (error) {
    process.stderr.write(`benchlink: node_modules cannot be read (${error.message}); installing again\n`);
    return false;
  }
}

/** Installs what is missing and returns the path of the Node to run. */
export function setUp() {
  const node = findNode();
  if (!isInstalled()) {
    process.stderr.write('benchlink: installing packages (npm ci), once\n');
    npmCi(root, node);
  }
  return node;
}

/** Whether this process is the right Node with the flags of ours, so that work can begin in it. */
export function isReady() {
  return isNewEnough(process.versions.node) && NODE_FLAGS.every((flag) => process.execArgv.includes(flag));
}

/** Runs a script with the right Node and ends with its exit code; signals are passed on. */
export function runWithNode(args, node = setUp()) {
  const env = { ...MEMORY, ...process.env, PATH: `${dirname(node)}:${process.env.PATH ?? ''}` };
  const child = spawn(node, [...NODE_FLAGS, ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => fail(`could not start ${node}: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 3)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) runWithNode(process.argv.slice(2));
