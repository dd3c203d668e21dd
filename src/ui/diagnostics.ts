/**
 * What a helper needs to know of this browser and its sensors, as plain text to be copied. It holds no name, no answer, no
 * result, no identity of a device or session. English in every language: whoever helps must be able to read it.
 */
import { deliveredShare } from '../core/quality/kit-check.ts';
import { ENGINE_VERSION } from '../core/pipeline/engine-version.ts';
import { browserAdvice, readBrowserFacts, type BrowserFacts } from './browser-advice.ts';
import type { Room } from './services-context.ts';
import { kitMonitor, type SensorHealth } from './stores/kit-monitor.ts';
import { loggedProblems, type LoggedProblem } from './stores/problem-log.ts';

export interface DiagnosticFacts {
  readonly version: string;
  readonly atUtc: string;
  readonly browser: BrowserFacts;
  readonly language: string;
  readonly bluetooth: string;
  readonly canRemember: boolean;
  readonly canStayAwake: boolean;
  readonly usedBytes: number | null;
  readonly quotaBytes: number | null;
  readonly isPersistent: boolean | null;
  /** Of the guided session that runs or ran last. */
  readonly step: string;
  readonly simulated: boolean | null;
  readonly sensors: readonly SensorHealth[];
  readonly alarm: string;
  readonly problems: readonly LoggedProblem[];
  readonly nowMs: number;
}

export function diagnosticsText(facts: DiagnosticFacts): string {
  const { system, browser, way } = browserAdvice(facts.browser);
  const yes = (value: boolean | null) => (value === null ? 'not known' : value ? 'yes' : 'no');
  const megabytes = (bytes: number | null) =>
    bytes === null ? 'not known' : `${(bytes / 1e6).toFixed(1)} MB`;
  const lines = [
    `Thora ${facts.version}, engine ${ENGINE_VERSION}, ${facts.atUtc}`,
    `Browser: ${browser} on ${system}; way to sensors: ${way}; language ${facts.language}`,
    `User agent: ${facts.browser.userAgent}`,
    `Bluetooth: ${facts.bluetooth}; secure address: ${yes(facts.browser.isSecure)}; remembers sensors: ${yes(facts.canRemember)}; keeps the screen on: ${yes(facts.canStayAwake)}`,
    `Storage: ${megabytes(facts.usedBytes)} used of ${megabytes(facts.quotaBytes)}; kept safe: ${yes(facts.isPersistent)}`,
    `Session: ${facts.step}; virtual kit: ${yes(facts.simulated)}; alarm: ${facts.alarm}`,
  ];
  if (facts.sensors.length === 0) lines.push('Sensors: none');
  for (const sensor of facts.sensors) lines.push(sensorLine(sensor));
  lines.push(facts.problems.length === 0 ? 'Problems: none' : 'Problems, oldest first:');
  for (const { code, hostTimeMs } of facts.problems)
    lines.push(`  ${code}, ${Math.round((facts.nowMs - hostTimeMs) / 1000)} s ago`);
  return `${lines.join('\n')}\n`;
}

function sensorLine(sensor: SensorHealth): string {
  const { reading } = sensor;
  const number = (value: number, digits: number) => (Number.isFinite(value) ? value.toFixed(digits) : '?');
  const battery = reading.batteryPercent === null ? 'not known' : `${reading.batteryPercent} %`;
  return [
    `Sensor ${reading.sensorIndex}: ${sensor.role}, ${sensor.family}, firmware ${sensor.firmware ?? 'not known'}, ${sensor.condition}`,
    `${number(reading.deliveredHz, 1)} of ${number(reading.askedHz, 0)} Hz (share ${number(deliveredShare(reading), 2)}, own pace ${number(reading.paceHz, 1)} Hz)`,
    `lost ${number(100 * sensor.lossFraction, 1)} %, unreadable ${number(sensor.rejectedPackets, 0)}`,
    `silent ${number(reading.silentMs, 0)} ms, delay ${number(sensor.latencyMs, 0)} ms, clock within ${number(sensor.clockBoundMs, 0)} ms at ${number(1e6 * reading.clockSkew, 0)} ppm`,
    `zero ${number(reading.biasAgeS, 0)} s old, battery ${battery}`,
    `last minute ${sensor.history.map((share) => number(share, 2)).join(' ')}`,
  ].join('; ');
}

/** Asks the browser and the room for the facts. */
export async function readDiagnostics(room: Room, version: string, language: string): Promise<string> {
  const { flow } = room.session.getState();
  const storage: StorageManager | undefined = navigator.storage;
  const [bluetooth, estimate, isPersistent] = await Promise.all([
    room.services.kit.bluetoothAvailability().catch(() => 'not known'),
    storage?.estimate().catch(() => null),
    storage?.persisted().catch(() => null),
  ]);
  const health = kitMonitor(room).useHealth.getState();
  const radio: { readonly getDevices?: unknown } | undefined = (
    navigator as { readonly bluetooth?: { readonly getDevices?: unknown } }
  ).bluetooth;
  return diagnosticsText({
    version,
    atUtc: new Date().toISOString(),
    browser: readBrowserFacts(),
    language,
    bluetooth,
    canRemember: radio?.getDevices !== undefined,
    canStayAwake: 'wakeLock' in navigator,
    usedBytes: estimate?.usage ?? null,
    quotaBytes: estimate?.quota ?? null,
    isPersistent: isPersistent ?? null,
    step: flow.step,
    simulated: flow.plan === null ? null : flow.plan.kit === 'virtual',
    sensors: health.sensors,
    alarm: health.alarm?.kind ?? 'none',
    problems: loggedProblems(),
    nowMs: performance.now(),
  });
}
