import { type ImportedFile, mostImportedBytes, pieceCharacters } from '../../../shared/contract/imports';
import type { Problem } from '../../../shared/problem';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';

const askedEveryMs = 500;

export type FileOutcome = { imported: ImportedFile } | { problem: Problem };

/** How far a file is: handed over to the host, or stored by it from then on; `share` is 0 to 1. */
export interface FileProgress {
  readonly part: 'handing' | 'storing';
  readonly share: number;
}

/** Gives a file to the host, piece by piece; gzip is undone. */
export async function sendFile(
  file: File,
  onProgress: (progress: FileProgress) => void,
  signal: AbortSignal,
): Promise<FileOutcome> {
  const text = file.size > mostImportedBytes ? 'tooLarge' : await readText(file);
  if (text === 'tooLarge') {
    return refuse('The file is larger than 64 MiB.', 'Import it with `watchtower import FILE`, which takes any size.');
  }
  if (text === 'damaged') return refuse('Its gzip is damaged.', 'Look whether the file was copied whole.');
  if (text === 'unreadable') return refuse('It cannot be read.', 'Give files of OTLP JSON, not a folder.');
  const id = crypto.randomUUID();
  const count = Math.max(1, Math.ceil(text.whole.length / pieceCharacters));
  try {
    for (let index = 0; index < count; index += 1) {
      if (signal.aborted) {
        await client.imports.forget({ id });
        break;
      }
      const last = index === count - 1;
      onProgress({ part: last ? 'storing' : 'handing', share: last ? 0 : index / count });
      const piece = text.whole.slice(index * pieceCharacters, (index + 1) * pieceCharacters);
      const taken = client.imports.take({ id, index, text: piece, last });
      if (last) void followStoring(id, taken, (share) => onProgress({ part: 'storing', share }));
      const imported = await taken;
      if (imported) return { imported };
    }
    return refuse('It was not imported: the dialog was closed.', 'Drop the file again.');
  } catch (error) {
    return { problem: describeError(error) };
  }
}

/** Asks how much is stored until the file is done with. */
async function followStoring(id: string, taken: Promise<unknown>, onShare: (share: number) => void): Promise<void> {
  const ended = taken.then(
    () => true,
    () => true,
  );
  const pause = () => new Promise<false>((resolve) => setTimeout(() => resolve(false), askedEveryMs));
  while (!(await Promise.race([ended, pause()]))) {
    const { share } = await client.imports.stored({ id }).catch(() => ({ share: null }));
    if (share !== null) onShare(share);
  }
}

/** The text of a file of at most what is taken, with its gzip undone. */
async function readText(file: File): Promise<{ whole: string } | 'tooLarge' | 'damaged' | 'unreadable'> {
  const magic = await file
    .slice(0, 2)
    .arrayBuffer()
    .catch(() => null);
  if (magic === null) return 'unreadable';
  const [first, second] = new Uint8Array(magic);
  const isGzip = first === 0x1f && second === 0x8b;
  const bytes = isGzip ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  const decoder = new TextDecoder();
  const reader = bytes.getReader();
  let size = 0;
  let whole = '';
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      size += read.value.length;
      // A small file of zeros unpacks to gigabytes.
      if (size > mostImportedBytes) return 'tooLarge';
      whole += decoder.decode(read.value, { stream: true });
    }
  } catch {
    return isGzip ? 'damaged' : 'unreadable';
  } finally {
    await reader.cancel().catch(() => {});
  }
  return { whole: whole + decoder.decode() };
}

function refuse(message: string, hint: string): FileOutcome {
  return { problem: { kind: 'import-refused', message, hint } };
}
