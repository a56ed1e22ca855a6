const MAX_ITEMS = 500;
/** Far below what a receiver takes in one request. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

/** Items as lines of requests, each with its line end: few enough a line, and no longer than a receiver takes. */
export function* writeLines<Item>(
  items: readonly Item[],
  makeRequest: (items: readonly Item[]) => object,
): Generator<string> {
  for (let at = 0; at < items.length; at += MAX_ITEMS) yield* halve(items.slice(at, at + MAX_ITEMS), makeRequest);
}

// `JSON.stringify` escapes those below U+0020 alone; on a terminal the others are commands too.
const CONTROL = /[\u007f-\u009f]/g;

function* halve<Item>(items: readonly Item[], makeRequest: (items: readonly Item[]) => object): Generator<string> {
  const text = JSON.stringify(makeRequest(items)).replace(
    CONTROL,
    (found) => `\\u00${found.charCodeAt(0).toString(16)}`,
  );
  if (text.length <= MAX_CHARACTERS || items.length === 1) {
    yield `${text}\n`;
    return;
  }
  const middle = items.length >> 1;
  yield* halve(items.slice(0, middle), makeRequest);
  yield* halve(items.slice(middle), makeRequest);
}
