import { type ImportedFile, mostImportedBytes, pieceCharacters } from '../../../shared/contract/imports';
import type { Problem } from '../../../shared/problem';
import { client } from '../../client/contract-client';
import { describeError } from '../../client/describe-error';

export type FileOutcome = { imported: ImportedFile } | { problem: Problem };

/** Gives a file to the host, piece by piece; `onProgress` is told which part of it was taken, 0 to 1, null while it is stored. */
export async function sendFile(
  file: File,
  onProgress: (share: number | null) => void,
  signal: AbortSignal,
): Promise<FileOutcome> {
  if (file.size > mostImportedBytes) {
    return refuse('The file is larger than 64 MiB.', 'Import it with `watchtower import FILE`, which takes any size.');
  }
  const text = await file.text().catch(() => null);
  if (text === null) return refuse('It cannot be read.', 'Give files of OTLP JSON, not a folder.');
  const id = crypto.randomUUID();
  const count = Math.max(1, Math.ceil(text.length / pieceCharacters));
  try {
    for (let index = 0; index < count; index += 1) {
      if (signal.aborted) {
        await client.imports.forget({ id });
        break;
      }
      const last = index === count - 1;
      onProgress(last ? null : index / count);
      const piece = text.slice(index * pieceCharacters, (index + 1) * pieceCharacters);
      const imported = await client.imports.take({ id, index, text: piece, last });
      if (imported) return { imported };
    }
    return refuse('It was not imported: the dialog was closed.', 'Drop the file again.');
  } catch (error) {
    return { problem: describeError(error) };
  }
}

function refuse(message: string, hint: string): FileOutcome {
  return { problem: { kind: 'import-refused', message, hint } };
}
