const HEAD = 12_000;
const TAIL = 8_000;

/** SQL for a text of which beginning and end are read: what was thrown stands at either end of a stack trace. */
export function cutText(column: string): string {
  return `CASE WHEN strlen(${column}) > ${HEAD + TAIL} THEN substr(${column}, 1, ${HEAD}) || '\n' || substr(${column}, -${TAIL}) ELSE ${column} END`;
}
