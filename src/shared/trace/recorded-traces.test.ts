import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Trace } from '../contract/telemetry';
import { findCriticalPath } from './find-critical-path';
import { layoutTrace } from './layout-trace';

/**
 * What the automatic instrumentations of Node.js (express, http; it rounds starts to milliseconds), Python (FastAPI, sqlite3)
 * and Java (the agent, HTTP client and server) sent, and what the two generators of this project send.
 */
function layoutOf(name: string) {
  const path = fileURLToPath(new URL(`recorded/${name}.json`, import.meta.url));
  return layoutTrace(Trace.parse(JSON.parse(readFileSync(path, 'utf8'))));
}

/** By the first four digits of the span's id: nanoseconds on the critical path. */
function ownTimes(name: string): Record<string, number> {
  const layout = layoutOf(name);
  const own = [...findCriticalPath(layout)].map(([position, stretches]) => {
    const time = stretches.reduce((sum, { from, to }) => sum + to - from, 0);
    return [layout.nodes[position]!.span.spanId.slice(0, 4), time] as const;
  });
  return Object.fromEntries(own);
}

/** Worked out by hand from the starts and ends of the recordings, with Jaeger's rule. */
const worked: Record<string, Record<string, number>> = {
  // The middleware 4871 ends 159 µs after the request 7105: cut there. 334a overlaps 02f4, which ended after it.
  'node-express': {
    '7105': 17_000_000 - 174_195,
    '2f89': 174_195 - 55_574,
    '164f': 55_574,
    '4871': 207_584_366 - 207_498_332,
    '47b8': 207_498_332 - 207_207_529,
    '84a2': 207_207_529 - 206_641_827 + (103_000_000 - 17_000_000),
    '02f4': 206_641_827 - 197_749_987 + (116_660_254 - 109_432_474),
    '6808': 109_432_474 - 103_000_000,
    '8939': 197_749_987 - 116_660_254 - (18_455 + 26_259 + 43_211 + 50_554 + 158_747),
    '0f64': 18_455,
    '241a': 26_259,
    '8a3d': 43_211,
    '87f9': 50_554,
    '2358': 158_747,
  },
  // e30d overlaps 7009; the rest of the request is the error handler's.
  'node-express-failed': {
    '287f': 212_733_004 - 137_838_159 + (2_000_000 - 1_181_038) + 1_000_000,
    '25ac': 181_038 - 57_026,
    a14e: 57_026,
    '09a8': 137_838_159 - 137_680_976,
    bcf9: 137_680_976 - 137_505_980,
    bdab: 137_505_980 - 136_506_830 + (29_000_000 - 2_000_000),
    '7009': 136_506_830 - 133_371_669 + (32_722_607 - 29_000_000),
    dc0c: 133_371_669 - 32_722_607 - (17_172 + 35_226 + 64_370 + 63_399 + 268_140),
    f25d: 17_172,
    '127c': 35_226,
    '5949': 64_370,
    edbd: 63_399,
    '4674': 268_140,
  },
  'python-fastapi': {
    c3c6: 25_351_319 - (13_906 + 24_125 + 34_234 + 43_431 + 194_583),
    '156b': 13_906,
    '3644': 24_125,
    b0b5: 34_234,
    d04f: 43_431,
    '2c2a': 194_583,
  },
  // Two calls side by side, of which 4e18 ended last, and one after them.
  'java-http': {
    ad65: 108_717_008 - 106_065_780 + (67_062_466 - 66_780_319) + 7_952_871,
    '5c61': 106_065_780 - 100_547_575 + (72_716_038 - 67_062_466),
    '98c7': 100_547_575 - 72_716_038,
    '4e18': 66_780_319 - 52_990_246 + (32_420_971 - 7_952_871),
    '6f37': 52_990_246 - 32_420_971,
  },
  'generate-py': {
    b64f: 400_001 + 400_000 + 2_387_018,
    be26: 2_661_078,
    c511: 767_866 + 1_582_147,
    '4353': 400_001 + 400_000 + 400_001 + 1_119_614,
    ef33: 944_346,
    '152b': 7_147_222,
    '2a9d': 1_707_762 + 3_425_396,
    '5e82': 8_000_001 + 12_806_247,
    '98b8': 37_332_025,
  },
  'watchtower-generate': {
    '9176': 399_902 + 400_146 + 1_737_549,
    fbd8: 2_924_805,
    ede2: 722_901 + 1_588_135,
    '7c2c': 399_902 + 399_903 + 400_146 + 1_491_943,
    '3a3b': 2_041_993,
    '50c9': 3_903_320,
    aee4: 668_945 + 1_182_129,
    '834e': 8_000_245 + 9_677_246,
    eabe: 36_706_054,
  },
};

describe('the critical path of recorded traces', () => {
  it.each(Object.entries(worked))('of %s is what is worked out by hand', (name, expected) => {
    expect(ownTimes(name)).toEqual(expected);
  });

  it.each(Object.keys(worked))('of %s covers the request, and is not that alone', (name) => {
    const times = ownTimes(name);
    const root = layoutOf(name).nodes[0]!;
    expect(Object.values(times).reduce((sum, time) => sum + time, 0)).toBe(root.span.durationNs);
    expect(Object.keys(times).length).toBeGreaterThan(4);
  });
});
