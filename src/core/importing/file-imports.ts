import { type ImportedFile, mostImportedBytes } from '../../shared/contract/imports';
import { noOtlpEndpoint } from '../../shared/no-otlp-endpoint';
import type { Problem } from '../../shared/problem';
import { importText } from './import-text';

const forgottenMs = 60_000;

interface Piece {
  id: string;
  index: number;
  text: string;
  last: boolean;
}

interface OpenFile {
  readonly id: string;
  readonly pieces: string[];
  bytes: number;
  /** Undefined once it is sent to the receiver. */
  timer: NodeJS.Timeout | undefined;
  /** Which part of it the receiver took, 0 to 1. */
  stored: number;
}

/** Files that come in pieces from the panel: one at a time, of at most 64 MiB, forgotten after a minute without a piece. */
export class FileImports {
  #open: OpenFile | null = null;

  constructor(private readonly endpoint: () => string | undefined) {}

  /** What came of the file with its last piece, null before. */
  async take({ id, index, text, last }: Piece): Promise<ImportedFile | null | { refused: Problem }> {
    if (this.#open && this.#open.id !== id)
      return refuse('Another file is being imported.', 'Try again when it is done, in a minute at the latest.');
    const endpoint = this.endpoint();
    if (endpoint === undefined) {
      this.forget(id);
      return { refused: noOtlpEndpoint };
    }
    const file = this.#open ?? { id, pieces: [], bytes: 0, timer: undefined, stored: 0 };
    if (index !== file.pieces.length || (this.#open && !file.timer)) {
      this.forget(id);
      return refuse(
        'Pieces of the file are missing.',
        'It took too long, or the host was started anew: import it again.',
      );
    }
    clearTimeout(file.timer);
    file.timer = undefined;
    file.bytes += Buffer.byteLength(text);
    if (file.bytes > mostImportedBytes) {
      this.#open = null;
      return refuse(
        'The file is larger than 64 MiB.',
        'Import it with `watchtower import FILE`, which takes any size.',
      );
    }
    file.pieces.push(text);
    this.#open = file;
    if (!last) {
      file.timer = setTimeout(() => this.forget(id), forgottenMs).unref();
      return null;
    }
    try {
      return await importText(endpoint, file.pieces.splice(0).join(''), (share) => {
        file.stored = share;
      });
    } finally {
      this.#open = null;
    }
  }

  /** Which part of a file the receiver took, 0 to 1; null where none of that id is imported now. */
  stored(id: string): number | null {
    return this.#open?.id === id ? this.#open.stored : null;
  }

  /** Nothing happens to a file that is unknown, or sent to the receiver already. */
  forget(id: string): void {
    if (this.#open?.id !== id || !this.#open.timer) return;
    clearTimeout(this.#open.timer);
    this.#open = null;
  }
}

function refuse(message: string, hint: string): { refused: Problem } {
  return { refused: { kind: 'import-refused', message, hint } };
}
