import type { EvaluationStats } from '../promql/evaluation/evaluation-stats';

/** `stats` of a query as Prometheus answers it where the parameter is given; times in seconds. */
export function statsJson(stats: EvaluationStats): string {
  const { preparationMs, evaluationMs, queryableSamples, readSamples, peakSamples } = stats;
  const total = (preparationMs + evaluationMs) / 1000;
  return JSON.stringify({
    timings: {
      evalTotalTime: total,
      resultSortTime: 0,
      queryPreparationTime: preparationMs / 1000,
      innerEvalTime: evaluationMs / 1000,
      execQueueTime: 0,
      execTotalTime: total,
    },
    samples: { totalQueryableSamples: queryableSamples, samplesRead: readSamples, peakSamples },
  });
}
