import { i18n } from '@lingui/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usePreferences } from '../../src/ui/stores/preferences-store.ts';
import type { Utterance } from '../../src/ui/stores/session-flow-state.ts';
import { createSpeaker } from '../../src/ui/voice/speaker.ts';

describe('a session with its sound off', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('navigator', {});
    i18n.loadAndActivate({ locale: 'en', messages: {} });
    usePreferences.setState({ sound: 'silent' });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    usePreferences.setState(usePreferences.getInitialState());
  });

  it('shows all that a voice would say, each as long as it takes to read', () => {
    const shown: { readonly what: Utterance['what']; readonly atMs: number }[] = [];
    const startMs = performance.now();
    const speaker = createSpeaker();
    const say = (utterance: Utterance) =>
      speaker.say(utterance, ({ what }) => shown.push({ what, atMs: performance.now() - startMs }));
    say({ what: 'setEnds' });
    say({ what: 'rest', seconds: 30 });
    say({ what: 'lessFar' });
    vi.advanceTimersByTime(60_000);
    expect(shown.map(({ what }) => what)).toEqual(['setEnds', 'rest', 'lessFar']);
    // Two words a second are read with ease.
    expect(shown[0]?.atMs).toBe(0);
    expect((shown[1]?.atMs ?? 0) - (shown[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(1000);
    expect((shown[2]?.atMs ?? 0) - (shown[1]?.atMs ?? 0)).toBeGreaterThanOrEqual(1000);
  });

  it('shows at once what cannot wait, and that a hold is done', () => {
    const shown: Utterance['what'][] = [];
    const speaker = createSpeaker();
    const say = (utterance: Utterance) => speaker.say(utterance, ({ what }) => shown.push(what));
    say({ what: 'rest', seconds: 30 });
    say({ what: 'holdReached' });
    say({ what: 'signalLost' });
    expect(shown).toEqual(['rest', 'holdReached', 'signalLost']);
  });
});
