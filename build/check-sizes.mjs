// No file is longer than a reader holds in mind, no folder holds more files than one look takes in. `npm run sizes`; another root as the argument.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAX_LINES = 350;
const MAX_FILES = 25;

const ROOTS = ['bench', 'build', 'e2e', 'resources', 'scripts', 'src', 'test-data', 'test-images'];

const CODE = /\.(?:[cm]?[jt]sx?|css|py|sh)$/;
/** Made by programs, fetched, or recorded: nobody reads them from top to bottom. */
const NOT_WRITTEN = /(?:^|\/)(?:node_modules|out|dist|results|rendered|golden|fixtures|__pycache__|\.[^/]+)(?:\/|$)/;
/** They stand beside what they test, and count for no folder. */
const TEST = /\.(?:test|spec)\.tsx?$|^test-/;

const found = findTooLarge(listCode(process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))));
for (const sentence of found) console.error(sentence);
process.exitCode = found.length > 0 ? 1 : 0;

/** What breaks the law, a sentence each. `files` are paths of code with their lengths in lines. */
function findTooLarge(files) {
  const folders = new Map();
  for (const { path } of files) {
    const [, folder, name] = /^(?:(.*)\/)?([^/]+)$/.exec(path);
    if (!TEST.test(name)) folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  const long = files
    .filter(({ lines }) => lines > MAX_LINES)
    .map(
      ({ path, lines }) =>
        `${path} has ${lines} lines, ${MAX_LINES} at most: give what it does besides a file of its own`,
    );
  const full = [...folders]
    .filter(([, count]) => count > MAX_FILES)
    .map(([folder, count]) => `${folder} holds ${count} files, ${MAX_FILES} at most: give it folders by meaning`);
  return [...long, ...full];
}

/** The code below `root`, with paths from there that have forward slashes. */
function listCode(root) {
  return ROOTS.flatMap((name) => walk(root, name));
}

function walk(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (NOT_WRITTEN.test(path)) return [];
    if (entry.isDirectory()) return walk(root, path);
    return CODE.test(path) ? [{ path, lines: countLines(readFileSync(join(root, path), 'utf8')) }] : [];
  });
}

function countLines(text) {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
