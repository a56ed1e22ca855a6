import type { Context } from 'hono';
import type { Pace } from '../../pace/pace';

/** Text is turned to bytes in pieces of about this length. */
const PIECE_CHARACTERS = 256 * 1024;

/** A JSON answer whose items are written one after another, so that a large one does not hold the thread. */
export async function answerPaced(
  context: Context,
  [head, tail]: readonly [string, string],
  items: Iterable<unknown>,
  pace: Pace,
): Promise<Response> {
  const pieces: Buffer[] = [];
  let text = head;
  let isFirst = true;
  for (const item of items) {
    text += isFirst ? JSON.stringify(item) : `,${JSON.stringify(item)}`;
    isFirst = false;
    if (text.length > PIECE_CHARACTERS) {
      pieces.push(Buffer.from(text));
      text = '';
    }
    if (pace.isDue()) await pace.turn();
  }
  pieces.push(Buffer.from(text + tail));
  const body = Uint8Array.from(Buffer.concat(pieces));
  return context.body(body, 200, { 'content-type': 'application/json' });
}

/** What stands before and behind the items of `data.result`, where `data` holds the rest. */
export function aroundResult(data: object): readonly [string, string] {
  const rest = JSON.stringify(data).slice(1, -1);
  return [`{"status":"success","data":{${rest}${rest === '' ? '' : ','}"result":[`, ']}}'];
}
