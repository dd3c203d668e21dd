import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LIVE_FRAME, LIVE_SENSOR } from '../../src/core/pipeline/live-frame.ts';
import type { Room } from '../../src/ui/services-context.ts';
import { kitMonitor } from '../../src/ui/stores/kit-monitor.ts';

/** A room with two connected sensors whose frame and steps the test sets. */
function createRoom() {
  const frame = new Float64Array(LIVE_FRAME.length).fill(NaN);
  const state = {
    flow: {
      step: 'connect',
      plan: { roles: ['upperBack', 'lowerBack'] },
      sensors: [0, 1].map((sensorIndex) => ({
        sensorIndex,
        role: sensorIndex === 0 ? 'upperBack' : 'lowerBack',
        name: `Unit ${sensorIndex}`,
        batteryPercent: null,
        streaming: true,
        connected: true,
      })),
    },
    sensorFacts: (sensorIndex: number) => ({
      description: { sensorIndex, nominalRateHz: 104, family: 'thora-nano33', firmware: '1.0' },
      batteryPercent: 50,
      batteryHostTimeMs: 0,
    }),
  };
  const room = {
    services: { session: { latestFrame: () => frame } },
    session: { getState: () => state },
  } as unknown as Room;
  const deliver = (sensorIndex: number, hz: number) => {
    const at = LIVE_FRAME.sensors + LIVE_SENSOR.stride * sensorIndex;
    frame[at + LIVE_SENSOR.hostTimeMs] = performance.now();
    frame[at + LIVE_SENSOR.deliveredHz] = hz;
  };
  /** Lets seconds pass in which both deliver at these rates; null sends nothing. */
  const pass = (seconds: number, rates: readonly (number | null)[]) => {
    for (let s = 0; s < seconds; s++) {
      vi.advanceTimersByTime(990);
      rates.forEach((hz, i) => {
        if (hz !== null) deliver(i, hz);
      });
      vi.advanceTimersByTime(10);
    }
  };
  return { room, state, pass };
}

describe('what is seen of the sensors while a session runs', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    vi.stubGlobal('navigator', {});
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('counts who is ready and keeps a minute of each', () => {
    const { room, pass } = createRoom();
    const monitor = kitMonitor(room);
    monitor.begin();
    pass(70, [104, 104]);
    const health = monitor.useHealth.getState();
    expect(health).toMatchObject({ readyCount: 2, wantedCount: 2, alarm: null });
    expect(health.sensors[0]?.history).toHaveLength(60);
    expect(new Set(health.sensors[0]?.history)).toEqual(new Set([1]));
    expect(health.sensors[0]?.batteryAgeS).toBe(70);
  });

  it('names the sensor that starves, and calms down when it gets its share', () => {
    const { room, pass } = createRoom();
    const monitor = kitMonitor(room);
    monitor.begin();
    pass(5, [52, 104]);
    expect(monitor.useHealth.getState().alarm).toMatchObject({ kind: 'starved', sensorIndex: 0 });
    pass(7, [104, 104]);
    expect(monitor.useHealth.getState().alarm).toBeNull();
  });

  it('shows a sensor that falls silent as silent, with nothing delivered', () => {
    const { room, pass } = createRoom();
    const monitor = kitMonitor(room);
    monitor.begin();
    pass(3, [104, 104]);
    pass(3, [104, null]);
    const second = monitor.useHealth.getState().sensors[1];
    expect(second?.condition).toBe('silent');
    expect(second?.history.at(-1)).toBe(0);
    expect(monitor.useHealth.getState().readyCount).toBe(1);
  });

  it('does not blame a sensor for the sleep of the page', () => {
    const { room, pass } = createRoom();
    const monitor = kitMonitor(room);
    monitor.begin();
    pass(3, [104, 104]);
    const now = performance.now();
    // A frozen page: the clock goes on, the timer does not.
    vi.setSystemTime(Date.now() + 30_000);
    vi.spyOn(performance, 'now').mockImplementation(() => now + 30_000);
    vi.advanceTimersByTime(1000);
    expect(monitor.useHealth.getState().sensors.map((sensor) => sensor.condition)).toEqual([
      'ready',
      'ready',
    ]);
  });

  it('keeps what was seen last when the session is over, and forgets it when it is left', () => {
    const { room, state, pass } = createRoom();
    const monitor = kitMonitor(room);
    monitor.begin();
    pass(3, [104, 104]);
    state.flow.step = 'done';
    pass(3, [null, null]);
    expect(monitor.useHealth.getState().readyCount).toBe(2);
    monitor.begin();
    expect(monitor.useHealth.getState().readyCount).toBe(2);
    state.flow.step = 'connect';
    monitor.begin();
    expect(monitor.useHealth.getState().sensors.map((sensor) => sensor.history.length)).toEqual([1, 1]);
    state.flow.step = 'idle';
    pass(1, [null, null]);
    expect(monitor.useHealth.getState().sensors).toEqual([]);
  });
});
