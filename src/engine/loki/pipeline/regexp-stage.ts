import { compileRegex } from '../../regex/compile-regex';
import { extractLabel, type LineStage } from './line-stage';
import { sanitizeLabel } from './sanitize-label';

/** `| regexp "(?P<name>…)"`: named groups become labels, empty where the group took no part. */
export function compileRegexp(pattern: string): LineStage {
  const regex = compileRegex(pattern);
  const names = Object.entries(regex.namedGroups()).map(([name, group]) => ({ name: sanitizeLabel(name), group }));
  return (line, labels) => {
    const matcher = regex.matcher(line);
    if (!matcher.find()) return line;
    for (const { name, group } of names) extractLabel(labels, name, matcher.group(group) ?? '');
    return line;
  };
}
