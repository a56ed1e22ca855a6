import type { ContainerFile } from './container-engine';

const blockSize = 512;

/**
 * A ustar archive of the files, with paths from the root of the container; a path that ends in a slash is a folder. Throws
 * on a path that ustar cannot hold.
 */
export function packFiles(files: readonly ContainerFile[], modifiedAt: number): Buffer {
  const blocks: Buffer[] = [];
  for (const file of files) {
    const content = Buffer.from(file.content);
    blocks.push(packHeader(file, content.length, modifiedAt), content, padding(content.length));
  }
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockSize)]);
}

/** The first regular file of a tar archive; null where there is none. */
export function unpackFirstFile(archive: Buffer): string | null {
  for (let at = 0; at + blockSize <= archive.length; ) {
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 136), 8) || 0;
    const kind = archive.toString('latin1', at + 156, at + 157);
    const content = at + blockSize;
    if (kind === '0' || kind === '\0') return archive.toString('utf8', content, content + size);
    at = content + size + padding(size).length;
  }
  return null;
}

function packHeader({ path, mode, uid = 0, gid = 0 }: ContainerFile, size: number, modifiedAt: number): Buffer {
  const header = Buffer.alloc(blockSize);
  const [prefix, name] = splitPath(path);
  const octal = (value: number, width: number) => `${value.toString(8).padStart(width - 1, '0')}\0`;
  header.write(name, 0);
  header.write(octal(mode, 8), 100, 'latin1');
  header.write(octal(uid, 8), 108, 'latin1');
  header.write(octal(gid, 8), 116, 'latin1');
  header.write(octal(size, 12), 124, 'latin1');
  header.write(octal(Math.floor(modifiedAt / 1000), 12), 136, 'latin1');
  header.write('        0', 148, 'latin1');
  header.write(path.endsWith('/') ? '5' : '0', 156, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  header.write(prefix, 345);
  // The checksum counts its own field as spaces, which it holds until here.
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}

/** ustar keeps 155 bytes of folders and 100 of the rest. */
function splitPath(path: string): [prefix: string, name: string] {
  const relative = path.replace(/^\/+/, '');
  if (!path.startsWith('/') || relative === '') throw new Error(`Not an absolute path of a file: ${path}`);
  if (Buffer.byteLength(relative) <= 100) return ['', relative];
  for (let at = relative.indexOf('/'); at !== -1; at = relative.indexOf('/', at + 1)) {
    const prefix = relative.slice(0, at);
    const name = relative.slice(at + 1);
    if (Buffer.byteLength(prefix) <= 155 && Buffer.byteLength(name) <= 100) return [prefix, name];
  }
  throw new Error(`The path is too long for an archive: ${path}`);
}

function padding(size: number): Buffer {
  return Buffer.alloc((blockSize - (size % blockSize)) % blockSize);
}
