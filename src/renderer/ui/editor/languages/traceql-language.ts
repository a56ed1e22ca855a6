import { LRLanguage } from '@codemirror/language';
import { parser } from '@grafana/lezer-traceql';
import { styleTags, tags } from '@lezer/highlight';

export const traceqlLanguage = LRLanguage.define({
  parser: parser.configure({
    props: [
      styleTags({
        'LineComment BlockComment': tags.comment,
        String: tags.string,
        'Integer Float Duration': tags.number,
        Static: tags.literal,
        'IntrinsicField/... Span Resource Event Link Instrumentation Parent': tags.propertyName,
        Identifier: tags.variableName,
        'FieldOp ComparisonOp ScalarOp And Or Pipe Gt Lt Desc Anc ExperimentalOp UnionStructuralOp': tags.operator,
        'Aggregate! GroupOperation SelectOperation CoalesceOperation': tags.keyword,
        'MetricsOperationBasicType MetricsOperationQuantile MetricsOverTimeType MetricsOperationHistogram':
          tags.keyword,
        'MetricsAggregatorFunctionType With': tags.keyword,
      }),
    ],
  }),
});
