/**
 * Watches the sensors of a running session once a second: what each delivers, whether the kit is ready, and whether
 * something is to be said. Figures come from the live frame; this only reads and judges.
 */
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { SegmentRole } from '../../core/body/segment-role.ts';
import { LIVE_SENSOR } from '../../core/pipeline/live-frame.ts';
import {
  checkKit,
  deliveredShare,
  RateWatch,
  sensorCondition,
  type KitCheck,
  type RateAlarm,
  type SensorCondition,
  type SensorReading,
} from '../../core/quality/kit-check.ts';
import { sensorValue } from '../live-values.ts';
import type { Room } from '../services-context.ts';
import type { FlowSensor } from './session-flow-state.ts';

/** What the batteries and the space on the device have to last for. */
export const SESSION_MINUTES = 20;
const EVERY_MS = 1000;
/** A look this late means that the page slept. */
const SLEPT_AFTER_MS = 1500;
/** One number per second: the last minute. */
export const HISTORY_LENGTH = 60;

export interface SensorHealth {
  readonly reading: SensorReading;
  readonly condition: SensorCondition;
  readonly role: SegmentRole;
  readonly name: string;
  readonly family: string;
  readonly firmware: string | null;
  /** Since the battery was read, s. */
  readonly batteryAgeS: number;
  /** Of the last ten seconds, 0 to 1. */
  readonly lossFraction: number;
  readonly latencyMs: number;
  readonly clockBoundMs: number;
  readonly biasSigmaRadPerS: number;
  readonly rejectedPackets: number;
  /** It has a magnetometer that sends. */
  readonly hasField: boolean;
  /** Share of the samples asked for that came, second by second, newest last; NaN where not known. */
  readonly history: readonly number[];
}

export interface KitHealth {
  readonly sensors: readonly SensorHealth[];
  readonly wantedCount: number;
  readonly readyCount: number;
  readonly checks: readonly KitCheck[];
  readonly alarm: RateAlarm | null;
}

const NOTHING: KitHealth = { sensors: [], wantedCount: 0, readyCount: 0, checks: [], alarm: null };

interface KitMonitor {
  readonly useHealth: UseBoundStore<StoreApi<KitHealth>>;
  /** Whether the panel is shown: it stays while the steps below it change. */
  readonly usePanel: UseBoundStore<StoreApi<{ readonly open: boolean }>>;
  /** Begins to watch, unless it does already. It ends by itself with the session; what was seen last stays. */
  readonly begin: () => void;
}

const monitors = new WeakMap<Room, KitMonitor>();

/** One for each room: pages come and go, the history stays. */
export function kitMonitor(room: Room): KitMonitor {
  const known = monitors.get(room);
  if (known !== undefined) return known;
  const monitor = createKitMonitor(room);
  monitors.set(room, monitor);
  return monitor;
}

function createKitMonitor(room: Room): KitMonitor {
  const useHealth = create<KitHealth>(() => NOTHING);
  const usePanel = create<{ readonly open: boolean }>(() => ({ open: false }));
  let timer: ReturnType<typeof setInterval> | null = null;
  let watch = new RateWatch();
  let lookedAtMs = Infinity;
  let freeBytes: number | null = null;

  const look = () => {
    const { flow, sensorFacts } = room.session.getState();
    if (flow.step === 'idle' || flow.step === 'saving' || flow.step === 'done') {
      if (flow.step === 'idle') useHealth.setState(NOTHING);
      end();
      return;
    }
    const nowMs = performance.now();
    // A page that slept itself heard nothing: that is no silence of a sensor.
    const passedMs = nowMs - lookedAtMs;
    const sleptMs = passedMs > SLEPT_AFTER_MS ? passedMs : 0;
    lookedAtMs = nowMs;
    const frame = room.services.session.latestFrame();
    const before = new Map(
      useHealth.getState().sensors.map((sensor) => [sensor.reading.sensorIndex, sensor]),
    );
    const sensors = flow.sensors.map((sensor) => {
      const facts = sensorFacts(sensor.sensorIndex);
      return readSensor(
        sensor,
        facts,
        frame,
        { nowMs, sleptMs },
        before.get(sensor.sensorIndex)?.history ?? [],
      );
    });
    const readings = sensors.map((sensor) => sensor.reading);
    const wantedCount = flow.plan?.roles.length ?? sensors.length;
    useHealth.setState({
      sensors,
      wantedCount,
      readyCount: sensors.filter((sensor) => sensor.condition === 'ready').length,
      checks: checkKit(readings, { sensorCount: wantedCount, sessionMinutes: SESSION_MINUTES, freeBytes }),
      alarm: watch.take(readings, nowMs),
    });
  };

  const end = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };

  return {
    useHealth,
    usePanel,
    begin: () => {
      const { step } = room.session.getState().flow;
      if (timer !== null || step === 'saving' || step === 'done') return;
      watch = new RateWatch();
      lookedAtMs = Infinity;
      useHealth.setState(NOTHING);
      const storage: StorageManager | undefined = navigator.storage;
      storage?.estimate().then(
        ({ quota, usage }) => {
          freeBytes = quota === undefined ? null : quota - (usage ?? 0);
        },
        () => undefined,
      );
      timer = setInterval(look, EVERY_MS);
      look();
    },
  };
}

type Facts = ReturnType<ReturnType<Room['session']['getState']>['sensorFacts']>;

function readSensor(
  sensor: FlowSensor,
  facts: Facts,
  frame: Float64Array | null,
  { nowMs, sleptMs }: { readonly nowMs: number; readonly sleptMs: number },
  history: readonly number[],
): SensorHealth {
  const value = (offset: number) => sensorValue(frame, sensor.sensorIndex, offset);
  const lastMs = value(LIVE_SENSOR.hostTimeMs);
  const reading: SensorReading = {
    sensorIndex: sensor.sensorIndex,
    linked: sensor.connected,
    silentMs: Number.isNaN(lastMs) ? Infinity : Math.max(0, nowMs - lastMs - sleptMs),
    askedHz: facts?.description.nominalRateHz ?? NaN,
    paceHz: value(LIVE_SENSOR.rateHz),
    deliveredHz: value(LIVE_SENSOR.deliveredHz),
    biasAgeS: value(LIVE_SENSOR.biasAgeS),
    batteryPercent: facts?.batteryPercent ?? null,
    clockSkew: value(LIVE_SENSOR.clockSkew),
    axisAgreement: value(LIVE_SENSOR.axisAgreement),
    turnRatio: value(LIVE_SENSOR.turnRatio),
    restarts: value(LIVE_SENSOR.restarts),
  };
  const condition = sensorCondition(reading);
  // When nothing comes at all, nobody writes frames: the old rate is not the rate of now.
  const share = condition === 'silent' || condition === 'linkLost' ? 0 : deliveredShare(reading);
  return {
    reading,
    condition,
    role: sensor.role,
    name: sensor.name,
    family: facts?.description.family ?? '',
    firmware: facts?.description.firmware ?? null,
    batteryAgeS: facts === null ? NaN : (nowMs - facts.batteryHostTimeMs) / 1000,
    lossFraction: value(LIVE_SENSOR.lossFraction),
    latencyMs: value(LIVE_SENSOR.latencyMs),
    clockBoundMs: value(LIVE_SENSOR.clockBoundMs),
    biasSigmaRadPerS: value(LIVE_SENSOR.gyroBiasSigmaRadPerS),
    rejectedPackets: value(LIVE_SENSOR.rejectedPackets),
    hasField: Number.isFinite(value(LIVE_SENSOR.fieldMicroTesla)),
    history: [...history.slice(1 - HISTORY_LENGTH), share],
  };
}
