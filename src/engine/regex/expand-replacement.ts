/** Go's Expand: `$1`, `${1}`, `$name`; a name is as long as it can be, an unknown one is empty, `$$` is a dollar. */
export function expandReplacement(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(/\$(\$|\{\w+\}|\w+)/g, (_, token: string) => {
    if (token === '$') return '$';
    const name = token.replace(/[{}]/g, '');
    return (/^\d+$/.test(name) ? match[Number(name)] : match.groups?.[name]) ?? '';
  });
}
