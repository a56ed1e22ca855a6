import { toolCallKeys } from './rules/redundant-tool-calls';
import { handlerKeys } from './rules/unawaited-work';

const errorKeys = ['error.type', 'exception.type', 'exception.message'];

/** Attributes that rules read, beside those of `readSpan`: with these alone they find the same. */
export const ruleAttributes: readonly string[] = [...errorKeys, ...handlerKeys, ...toolCallKeys];
