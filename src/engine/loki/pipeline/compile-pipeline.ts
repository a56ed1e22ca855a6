import type { Stage } from '../logql/ast';
import { compileTemplate } from '../template/compile-template';
import { compileLabelFilter } from './compile-label-filter';
import { compileLineFilter } from './compile-line-filter';
import { compileJson, compileJsonExtraction, unpack } from './json-stage';
import { compilePattern } from './line-pattern';
import type { LineStage } from './line-stage';
import { compileLogfmt, compileLogfmtExtraction } from './logfmt-stage';
import { compileRegexp } from './regexp-stage';
import { compileDrop, compileKeep } from './select-labels';

/**
 * Terminal colour and cursor sequences. The characters after the first are taken as one: whatever is right behind them is
 * so behind fewer of them, too, and trying fewer takes time by their number's square.
 */
const ansi =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with control characters.
  /[\u001B\u009B](?=([[\]()#;?]*))\1(?:[a-zA-Z\d;]*\u0007|(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PRZcf-ntqry=><~])/g;

/**
 * All stages as one. Of what a parser finds, `required` labels alone matter; none named: all of them. Throws a QueryError for
 * a template or pattern that cannot be compiled.
 */
export function compilePipeline(stages: readonly Stage[], required: readonly string[] = []): LineStage {
  const compiled = stages.map((stage) => compileStage(stage, required));
  return (line, labels, timeNs) => {
    let current: string | null = line;
    for (const stage of compiled) {
      current = stage(current, labels, timeNs);
      if (current === null) return null;
    }
    return current;
  };
}

function compileStage(stage: Stage, required: readonly string[]): LineStage {
  switch (stage.kind) {
    case 'line-filter': {
      const passes = compileLineFilter(stage);
      return (line) => (passes(line) ? line : null);
    }
    case 'label-filter': {
      const passes = compileLabelFilter(stage.filter);
      return (line, labels) => (passes(labels) ? line : null);
    }
    case 'json':
      return stage.extractions.length > 0 ? compileJsonExtraction(stage.extractions) : compileJson(required);
    case 'logfmt':
      return stage.extractions.length > 0
        ? compileLogfmtExtraction(stage.extractions, stage.strict)
        : compileLogfmt(stage);
    case 'regexp':
      return compileRegexp(stage.text);
    case 'pattern':
      return compilePattern(stage.text);
    case 'unpack':
      return unpack;
    case 'decolorize':
      return (line) => line.replace(ansi, '');
    case 'drop':
      return compileDrop(stage.labels);
    case 'keep':
      return compileKeep(stage.labels);
    case 'line-format':
      return compileLineFormat(stage.template);
    case 'label-format':
      return compileLabelFormat(stage.formats);
  }
}

function compileLineFormat(text: string): LineStage {
  const template = compileTemplate(text);
  return (line, labels, timeNs) => {
    const result = template({ labels: labels.all(), line, timeNs });
    if (result.ok) return result.text;
    labels.fail('TemplateFormatErr', result.error);
    return line;
  };
}

function compileLabelFormat(formats: Extract<Stage, { kind: 'label-format' }>['formats']): LineStage {
  const compiled = formats.map((format) =>
    'template' in format ? { label: format.label, run: compileTemplate(format.template, 'label') } : format,
  );
  return (line, labels, timeNs) => {
    let values: Map<string, string> | undefined;
    for (const format of compiled) {
      if ('from' in format) {
        const value = labels.get(format.from);
        if (value === undefined) continue;
        labels.set(format.label, value);
        labels.remove(format.from);
        continue;
      }
      values ??= labels.all();
      const result = format.run({ labels: values, line, timeNs });
      if (result.ok) labels.set(format.label, result.text);
      else labels.fail('TemplateFormatErr', result.error);
    }
    return line;
  };
}
