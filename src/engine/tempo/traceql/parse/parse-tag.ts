import type { Field } from '../ast';
import { FieldExpressionParser } from './parse-field-expression';
import { QueryRefusal } from './syntax-error';
import { TokenReader } from './token-reader';

/** The field a tag names: `resource.service.name`, `span."a b"`, `.http.method`, `name`, or a bare attribute name. */
export function parseTag(tag: string): Field {
  try {
    const reader = new TokenReader(tag);
    const field = new FieldExpressionParser(reader).field();
    if (reader.peek().type === 'end') return field;
  } catch (error) {
    if (!(error instanceof QueryRefusal)) throw error;
  }
  return { type: 'attribute', name: tag };
}
