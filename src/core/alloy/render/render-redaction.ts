import { agentContentKeys, agentScopes, agentServices, eventNames } from '../../../shared/agents/agent-content';
import type { RedactionRule } from '../../../shared/contract/destinations';
import { type AlloyBlock, list, quote, quoteForOttl } from './alloy-text';

/**
 * Contexts of OTTL whose `attributes` the rules change. The attributes of span links and of exemplars have no context
 * in OTTL: they pass as they are.
 */
const contexts = {
  trace_statements: ['resource', 'scope', 'span', 'spanevent'],
  metric_statements: ['resource', 'scope', 'datapoint'],
  log_statements: ['resource', 'scope', 'log'],
} as const;

/**
 * Blocks of an `otelcol.processor.transform` that leave out what coding agents were told and said, unless that goes along, and apply
 * the enabled rules.
 */
export function renderRedaction(rules: readonly RedactionRule[], agentContent = true): AlloyBlock[] {
  const enabled = rules.filter((rule) => rule.enabled);
  return Object.entries(contexts).flatMap(([block, names]) =>
    names
      .map((context) => ({
        context,
        statements: [
          ...(agentContent ? [] : withoutAgentContent(context)),
          ...enabled.flatMap((rule) => statementsOf(rule, context)),
        ],
      }))
      .filter(({ statements }) => statements.length > 0)
      .map(({ context, statements }) => ({
        block,
        body: [
          { name: 'context', value: quote(context) },
          {
            name: 'statements',
            value: list(statements.map((statement) => quote(statement))),
          },
        ],
      })),
  );
}

/** By the resource and by the scope, as agents may be given another service name. Metrics tell nothing that was said. */
function withoutAgentContent(context: string): string[] {
  if (!['span', 'spanevent', 'log'].includes(context)) return [];
  const service = quoteForOttl(`\\A${agentServices}\\z`);
  const scope = quoteForOttl(`(?i)${agentScopes}`);
  const isAgent = `(IsMatch(resource.attributes["service.name"], ${service}) or IsMatch(instrumentation_scope.name, ${scope}))`;
  const attributes = `delete_matching_keys(attributes, ${wholeName(agentContentKeys)}) where ${isAgent}`;
  const isEvent = quoteForOttl(`\\A${eventNames}\\z`);
  return context === 'log'
    ? [attributes, `set(body, "") where ${isAgent} and not (IsString(body) and IsMatch(body, ${isEvent}))`]
    : [attributes];
}

function statementsOf(rule: RedactionRule, context: string): string[] {
  switch (rule.action) {
    case 'drop':
      return [`delete_matching_keys(attributes, ${wholeName(rule.keys)})`];
    case 'hash':
      return hash(wholeName(rule.keys));
    case 'mask': {
      const replace = `${quoteForOttl(rule.values)}, ${quoteForOttl(rule.replacement.replaceAll('$', '$$$$'))}`;
      if (rule.keys !== undefined) return maskSome(wholeName(rule.keys), replace);
      const all = `replace_all_patterns(attributes, "value", ${replace})`;
      return context === 'log' ? [all, `replace_pattern(body, ${replace})`] : [all];
    }
  }
}

/** The attributes are taken out first: a statement that fails then loses them, and never lets them pass in clear. */
function takeOut(name: string): string[] {
  return [
    'set(cache["taken"], attributes)',
    `keep_matching_keys(cache["taken"], ${name})`,
    `delete_matching_keys(attributes, ${name})`,
  ];
}

function maskSome(name: string, replace: string): string[] {
  return [
    ...takeOut(name),
    `replace_all_patterns(cache["taken"], "value", ${replace})`,
    'merge_maps(attributes, cache["taken"], "upsert")',
  ];
}

/**
 * OTTL hashes strings alone, so strings come first and are marked by `#`; the text form of all the others is reached by
 * way of a key-value text (with delimiters that no text holds: control characters) and hashed where no mark stands.
 */
function hash(name: string): string[] {
  const [between, after] = ['\u0001', '\u0002'].map(quoteForOttl);
  const digest = (values: string) => `${quoteForOttl(values)}, "$0", SHA256, "#%s")`;
  return [
    ...takeOut(name),
    `replace_all_patterns(cache["taken"], "value", ${digest('\\A(?s:.*)\\z')}`,
    'delete_key(cache, "text")',
    `set(cache["text"], ParseKeyValue(ToKeyValueString(cache["taken"], ${between}, ${after}), ${between}, ${after})) where Len(cache["taken"]) > 0`,
    `replace_all_patterns(cache["text"], "value", ${digest('\\A(?s:[^#].*|)\\z')} where cache["text"] != nil`,
    'replace_all_patterns(cache["text"], "value", "\\\\A#", "") where cache["text"] != nil',
    'merge_maps(attributes, cache["text"], "upsert") where cache["text"] != nil',
  ];
}

function wholeName(keys: string): string {
  return quoteForOttl(`\\A(?:${keys})\\z`);
}
