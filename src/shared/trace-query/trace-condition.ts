import type { Attribute } from '../contract/telemetry';
import { withoutTexts } from './split-trace-query';

/** Longer values are hardly meant, and would be most of an address. */
const mostCharacters = 300;
const plainName = /^[A-Za-z_][\w.-]*$/;
/** Of these every span has a value. */
const always =
  /^(?:name|status|kind|statusMessage|duration|rootName|rootServiceName|traceDuration|resource\.service\.name) = /;
/** Of these a span has one value or none. */
const attribute = /^((?:span|resource)?\.(?:"(?:[^"\\]|\\.)*"|[\w.-]+)) = (.+)$/s;

/**
 * An attribute as TraceQL writes it: its scope and its name, quoted where the name has other characters than a plain one. Unlike in a text, only
 * quotes and backslashes are escaped there: a line end stands as it is.
 */
export function traceField(scope: 'span' | 'resource' | 'event', name: string): string {
  return `${scope}.${plainName.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`}`;
}

/** TraceQL that a field has this value, or none for null; null where the language cannot say it. */
export function traceCondition(field: string, value: Attribute['value']): string | null {
  if (value === null) return field.includes('.') ? `${field} = nil` : null;
  if (typeof value === 'number' || typeof value === 'boolean') return `${field} = ${value}`;
  if (typeof value !== 'string' || value.length > mostCharacters) return null;
  return `${field} = ${field === 'status' || field === 'kind' ? value : JSON.stringify(value)}`;
}

/**
 * That the condition does not hold: true also of spans without the attribute, of which `!=` alone says nothing. Written without `!(…)`
 * where that can be: Tempo looks only at spans of which what stands in it holds, and answers none.
 */
export function excludeCondition(condition: string): string {
  const isOne = !/&&|\|\|/.test(withoutTexts(condition));
  if (isOne && condition.endsWith(' = nil')) return condition.replace(/ = nil$/, ' != nil');
  if (isOne && always.test(condition)) return condition.replace(' = ', ' != ');
  const [, field, value] = (isOne && attribute.exec(condition)) || [];
  return field === undefined ? `!(${condition})` : `(${field} != ${value} || ${field} = nil)`;
}
