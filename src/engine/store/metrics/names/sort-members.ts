/**
 * JSON as it is, but for the members of its objects, which come in the order of their keys: one map is one label value,
 * in whatever order its keys were sent. `json` is valid; numbers keep their digits.
 */
export function sortMembers(json: string): string {
  let at = 0;

  const string = (): string => {
    const start = at++;
    while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
    return json.slice(start, ++at);
  };
  const list = (element: () => string): string[] => {
    const elements: string[] = [];
    for (at++; json[at] !== ']' && json[at] !== '}'; ) {
      elements.push(element());
      if (json[at] === ',') at++;
    }
    at++;
    return elements;
  };
  const member = (): string => {
    const key = string();
    at++;
    return `${key}:${value()}`;
  };
  const value = (): string => {
    if (json[at] === '"') return string();
    if (json[at] === '[') return `[${list(value).join(',')}]`;
    if (json[at] === '{') return `{${list(member).sort().join(',')}}`;
    const start = at;
    while (at < json.length && !',]}'.includes(json[at]!)) at++;
    return json.slice(start, at);
  };
  return value();
}
