const PLAIN = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
/** Words that PromQL reads as something else where a metric stands. */
const WORDS =
  /^(?:inf|nan|offset|by|without|on|ignoring|group_left|group_right|bool|and|or|unless|atan2|start|end|sum|avg|min|max|count|group|stddev|stdvar|topk|bottomk|quantile|count_values)$/i;

/** The selector of a metric: a name of other characters than PromQL's own, in any script, is quoted. `matcher`: `label="value"`. */
export function metricSelector(name: string, matcher?: string): string {
  if (PLAIN.test(name) && !WORDS.test(name)) return matcher ? `${name}{${matcher}}` : name;
  return `{${[JSON.stringify(name), ...(matcher ? [matcher] : [])].join(', ')}}`;
}

/** The series whose labels are a metric's, whatever its kind: a classic histogram has none of its own name, but by bucket. */
export function labelsSelector(name: string, matcher?: string): string {
  const literal = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return `{${[`__name__=~${JSON.stringify(`${literal}|${literal}_bucket`)}`, ...(matcher ? [matcher] : [])].join(', ')}}`;
}
