import type { LabelFilter, Stage } from '../logql/ast';

/** The labels that the stages of a pipeline read: in filters, in templates and under a new name. */
export function requiredLabels(stages: readonly Stage[]): string[] {
  return stages.flatMap(readBy);
}

function readBy(stage: Stage): string[] {
  switch (stage.kind) {
    case 'label-filter':
      return filterLabels(stage.filter);
    case 'line-format':
      return templateLabels(stage.template);
    case 'label-format':
      return stage.formats.flatMap((format) => ('from' in format ? [format.from] : templateLabels(format.template)));
    case 'line-filter':
    case 'json':
    case 'logfmt':
    case 'regexp':
    case 'pattern':
    case 'unpack':
    case 'decolorize':
    case 'drop':
    case 'keep':
      return [];
  }
}

function filterLabels(filter: LabelFilter): string[] {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return [...filterLabels(filter.left), ...filterLabels(filter.right)];
    case 'matcher':
      return [filter.matcher.name];
    default:
      return [filter.name];
  }
}

function templateLabels(template: string): string[] {
  return [...template.matchAll(/\{\{[\s\S]*?\}\}/g)].flatMap(([action]) =>
    [...action.matchAll(/\.([\p{L}_][\p{L}\p{N}_]*)/gu)].map(([, name]) => name!),
  );
}
