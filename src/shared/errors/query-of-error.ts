import type { ErrorGroup } from '../contract/errors';

type Named = Pick<ErrorGroup, 'kind' | 'type' | 'template' | 'frame' | 'services'>;

const leastLiteral = 4;

/**
 * TraceQL that finds the spans of an error, as far as the language can say it: by type, and by the message or its beginning. Null for one
 * that log lines alone tell.
 */
export function traceqlOfError({ kind, type, template, frame }: Named): string | null {
  if (kind === 'line') return null;
  if (kind === 'status') {
    const name = matching('name', frame);
    return `{ ${['status = error', ...name, ...matching('statusMessage', template)].join(' && ')} }`;
  }
  const parts = [
    ...(type === '' ? ['event:name = "exception"'] : [`event.exception.type = ${JSON.stringify(type)}`]),
    ...matching('event.exception.message', template),
  ];
  return `{ ${parts.join(' && ')} }`;
}

/** LogQL that finds the lines of an error that they alone tell. */
export function logqlOfError({ type, template, services }: Named): string {
  const [service] = services;
  const selector =
    service && services.length === 1 ? `{service_name=${JSON.stringify(service.name)}}` : '{service_name=~".+"}';
  const literal = longestLiteral(template);
  const text = literal.length >= leastLiteral ? literal : type;
  return `${selector}${text === '' ? '' : ` |= ${JSON.stringify(text)}`} | detected_level=~"error|critical|fatal"`;
}

/** A condition on a text whose template is known: its whole where nothing in it varies, else how it begins. */
function matching(field: string, template: string): string[] {
  if (template === '') return [];
  if (!template.includes('<*>')) return isWhole(template) ? [`${field} = ${JSON.stringify(template)}`] : [];
  const [begin = ''] = template.split('<*>');
  return begin.trimEnd().length < leastLiteral ? [] : [`${field} =~ ${JSON.stringify(`${escapeRegex(begin)}.*`)}`];
}

/** Templates are cut, and of several lines the first. */
function isWhole(template: string): boolean {
  return template.length < 200;
}

function longestLiteral(template: string): string {
  return template
    .split('<*>')
    .map((part) => part.trim())
    .reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

function escapeRegex(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
