import { oc } from '@orpc/contract';
import { z } from 'zod';
import { Problem } from '../problem';

/** Characters of one piece: under the most of one message, whatever they are written as. */
export const pieceCharacters = 128 * 1024;
/** Bytes of UTF-8 of a whole file. */
export const mostImportedBytes = 64 * 1024 * 1024;

export const ImportedFile = z.object({
  /** What the receiver took. */
  spans: z.number(),
  lines: z.number(),
  points: z.number(),
  /** Spans, lines and points that the receiver did not take, and why in its words, empty where it gave none. */
  rejected: z.number(),
  why: z.string(),
  /** How many traces have spans in the file, and the ids of those with the most of them. */
  traceCount: z.number(),
  traceIds: z.array(z.string()).max(20),
  /** Why it ended before the end of the file; what is counted above was taken before. */
  problem: Problem.nullable(),
});
export type ImportedFile = z.infer<typeof ImportedFile>;

const id = z.uuid();

/** OTLP JSON of a file that a person gives to the panel, which may not send to the receiver itself. */
export const imports = {
  /**
   * Takes the next piece of a file, from index 0 on; with the last one all of it is sent to the receiver, as `watchtower import` does, and the call
   * answers what came of it. Null before. One file at a time; a file of which nothing came for a minute is forgotten.
   */
  take: oc
    .errors({ IMPORT: { status: 409, message: 'The file was not imported.', data: Problem } })
    .input(
      z.object({ id, index: z.number().int().nonnegative(), text: z.string().max(pieceCharacters), last: z.boolean() }),
    )
    .output(ImportedFile.nullable()),
  /** Which part of a file the receiver took, 0 to 1, while its last piece is waited for; null where no file of that id is imported. */
  stored: oc.input(z.object({ id })).output(z.object({ share: z.number().nullable() })),
  /** Forgets the pieces of a file that is not to be imported after all. */
  forget: oc.input(z.object({ id })),
};
