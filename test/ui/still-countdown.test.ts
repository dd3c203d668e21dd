import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { StillCountdown } from '../../src/ui/components/StillCountdown.tsx';

const regionOf = (seconds: string, waiting: string | null): string => {
  const drawn = renderToStaticMarkup(
    createElement(StillCountdown, { seconds, waiting, said: 'Stand still for 4 seconds.' }),
  );
  return /<p[^>]*role="status"[^>]*>(.*?)<\/p>/.exec(drawn)?.[1] ?? '';
};

describe('the countdown of standing still', () => {
  it('reads out the same words whatever second it is, and what is waited for', () => {
    expect(new Set(['4', '3', '2', '1', '0'].map((second) => regionOf(second, null)))).toEqual(
      new Set(['Stand still for 4 seconds.']),
    );
    expect(regionOf('4', 'Waiting')).toBe('Waiting');
  });
});
