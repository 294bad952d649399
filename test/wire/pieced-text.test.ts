import { describe, expect, it } from 'vitest';
import { PiecedText } from '../../src/wire/pieced-text.ts';

describe('PiecedText', () => {
  it.each([0, 1, 15, 16, 17, 32, 100])('is all of its %d pieces in their order, at any time', (count) => {
    const text = new PiecedText();
    let whole = '';
    for (let index = 0; index < count; index++) {
      const piece = index % 7 === 3 ? '' : `${index}é `;
      text.add(piece);
      whole += piece;
      expect(text.toString()).toBe(whole);
    }
    expect(text.toString()).toBe(whole);
  });
});
