import { describe, expect, it } from 'vitest';
import { predict } from '../../src/stats/prediction.ts';

describe('predict', () => {
  it('is mean ± t·s·√(1 + 1/k)', () => {
    // numpy: v=log([100,110,95,105,102]); v.mean(), v.std(ddof=1), t.ppf(.99,4)*v.std(ddof=1)*sqrt(1+1/5)   (SciPy 1.17.1)
    const prediction = predict([100, 110, 95, 105, 102].map(Math.log), 0.99)!;
    expect(prediction.mean).toBeCloseTo(4.627692121365, 9);
    expect(prediction.spread).toBeCloseTo(0.054661386566, 9);
    expect(prediction.half).toBeCloseTo(0.224361772374, 9);
  });

  it('needs two values', () => {
    expect(predict([], 0.99)).toBeUndefined();
    expect(predict([5], 0.99)).toBeUndefined();
    expect(predict([5, 5], 0.99)).toEqual({ mean: 5, spread: 0, half: 0 });
  });
});
