import { afterEach, describe, expect, it, vi } from 'vitest';
import { diagnosticsText, readDiagnostics } from '../../src/ui/diagnostics.ts';
import type { Room } from '../../src/ui/services-context.ts';
import { kitMonitor, type SensorHealth } from '../../src/ui/stores/kit-monitor.ts';
import { logProblem } from '../../src/ui/stores/problem-log.ts';

const SENSOR: SensorHealth = {
  reading: {
    sensorIndex: 1,
    linked: true,
    silentMs: 12,
    askedHz: 104,
    paceHz: 104.2,
    deliveredHz: 51.9,
    biasAgeS: 61,
    batteryPercent: null,
    clockSkew: 0.0012,
    axisAgreement: NaN,
    turnRatio: NaN,
    restarts: 0,
  },
  condition: 'slow',
  role: 'lowerBack',
  name: "Maria Silva's sensor",
  family: 'thora-nano33',
  firmware: '1.2.0',
  batteryAgeS: 40,
  lossFraction: 0.501,
  latencyMs: 23.4,
  clockBoundMs: 8.2,
  biasSigmaRadPerS: 0.001,
  rejectedPackets: 3,
  hasField: false,
  history: [NaN, 1, 0.5],
};

const FACTS = {
  version: '0.1.0',
  atUtc: '2026-11-26T10:00:00.000Z',
  browser: {
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36',
    isSecure: true,
    hasBluetooth: true,
    isBrave: false,
    touchPoints: 0,
  },
  language: 'pt',
  bluetooth: 'available',
  canRemember: true,
  canStayAwake: false,
  usedBytes: 12_300_000,
  quotaBytes: null,
  isPersistent: null,
  step: 'connect',
  simulated: false,
  sensors: [SENSOR],
  alarm: 'starved',
  problems: [{ code: 'sensor/linkLost', hostTimeMs: 1000 }],
  nowMs: 31_000,
} as const;

afterEach(() => vi.unstubAllGlobals());

describe('diagnostics to copy', () => {
  it('says what browser, which sensors at what rates, and what went amiss', () => {
    const text = diagnosticsText(FACTS);
    expect(text).toContain('chrome on linux; way to sensors: here; language pt');
    expect(text).toContain('12.3 MB used of not known; kept safe: not known');
    expect(text).toContain('Sensor 1: lowerBack, thora-nano33, firmware 1.2.0, slow');
    expect(text).toContain('51.9 of 104 Hz (share 0.50, own pace 104.2 Hz); lost 50.1 %, unreadable 3');
    expect(text).toContain('at 1200 ppm; zero 61 s old, battery not known; last minute ? 1.00 0.50');
    expect(text).toContain('alarm: starved');
    expect(text).toContain('sensor/linkLost, 30 s ago');
    expect(diagnosticsText({ ...FACTS, sensors: [], problems: [] })).toMatch(/Sensors: none\nProblems: none/);
  });

  it('holds no name, identity, answer or result of the session that runs', async () => {
    vi.stubGlobal('navigator', { userAgent: 'Test', maxTouchPoints: 0 });
    vi.stubGlobal('isSecureContext', true);
    const secrets = ['secret-session', 'Maria', 'AA:BB:CC', '0.7312', 'painful'];
    const room = {
      services: { kit: { bluetoothAvailability: () => Promise.resolve('off') } },
      session: {
        getState: () => ({
          flow: {
            step: 'set',
            plan: { kit: 'bluetooth', roles: ['lowerBack'] },
            sessionId: 'secret-session',
            sensors: [{ name: "Maria Silva's sensor" }],
            painBefore: 7,
            stopReason: 'painful',
            repetitions: [{ peakRad: 0.7312 }],
            problem: { about: 'sensor', code: 'linkLost', subject: "Maria Silva's sensor", sensorIndex: 0 },
          },
        }),
      },
    } as unknown as Room;
    kitMonitor(room).useHealth.setState({ sensors: [SENSOR] });
    logProblem('sensor/linkLost');
    const text = await readDiagnostics(room, '0.1.0', 'en');
    expect(text).toContain('Bluetooth: off');
    expect(text).toContain('sensor/linkLost');
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/pain/i);
  });
});
