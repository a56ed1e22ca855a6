import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.map': 'application/json',
};

export interface PanelFile {
  body: Uint8Array<ArrayBuffer>;
  contentType: string;
  /** The name carries a hash of the content: it may be kept for ever. */
  immutable: boolean;
}

/**
 * A file of the built panel; an address without a file of its own, such as /traces/abc, is the page itself.
 * Null when there is no such asset, or no built panel.
 */
export async function readPanelFile(folder: string, path: string): Promise<PanelFile | null> {
  const name = decodePath(path);
  if (name === null) return null;
  const relative = normalize(name).replace(/^[/\\]+/, '');
  if (relative.split(sep).includes('..')) return null;
  const asset = extname(relative) !== '' && relative.startsWith(`assets${sep}`);
  // A NUL is in no file's name, though it may be in a service's.
  const found = relative === '' || relative.includes('\0') ? null : await read(join(folder, relative));
  const body = found ?? (asset ? null : await read(join(folder, 'index.html')));
  if (!body) return null;
  const contentType = found ? (types[extname(relative)] ?? 'application/octet-stream') : types['.html']!;
  return { body, contentType, immutable: asset };
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return readFile(path).catch(() => null);
}
