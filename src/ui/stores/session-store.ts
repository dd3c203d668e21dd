/** Runs the session flow: keeps its state for the screens and carries out its effects through the services. */
import { create, type StoreApi, type UseBoundStore } from 'zustand';
import type { SegmentRole } from '../../core/body/segment-role.ts';
import type { DeviceHealth } from '../../core/device/device-health.ts';
import { lowerCommonRateHz } from '../../core/device/live-stream.ts';
import type { SensorDescription } from '../../core/packet/packet.ts';
import type { SessionResult } from '../../core/pipeline/session-result.ts';
import { hasDone } from '../../core/report/done-in-session.ts';
import { sessionDoneEvent } from '../../core/report/care-report.ts';
import { countFromNow, openForS } from '../app-opened.ts';
import { SensorError, type ConnectedSensor, type ThoraServices, type VirtualKit } from '../services.ts';
import {
  IDLE_FLOW,
  type FlowChange,
  type FlowEffect,
  type FlowEvent,
  type FlowPlan,
  type FlowState,
  type Utterance,
} from './session-flow-state.ts';

export type SessionStore = UseBoundStore<StoreApi<SessionStoreState>>;

interface SessionStoreState {
  readonly flow: FlowState;
  readonly caption: Utterance | null;
  /** When the flow's countdown is over, on the window's monotonic clock, ms; NaN before the first. */
  readonly countdownEndsMs: number;
  /** Fetches the flow, which the first page does without, and begins. */
  readonly begin: (plan: FlowPlan) => Promise<void>;
  /** Before a session was begun nothing that is sent changes anything. */
  readonly send: (event: FlowEvent) => void;
  /** Opens the browser's chooser for the sensor of one role; call from a tap. */
  readonly connect: (role: SegmentRole) => Promise<void>;
  /** Gives up on the connection that is being made: a sensor that answers later is let go. */
  readonly cancelConnect: () => void;
  /** The next lower rate that all sensors can be asked for, samples a second; null where there is none. */
  readonly lowerRateHz: () => number | null;
  /** Asks all sensors for that rate. */
  readonly lowerRate: () => Promise<void>;
  /** Lets all links go and connects again, this sensor before the others. Resolves when all are back, or nobody waits any more. */
  readonly connectFirst: (sensorIndex: number) => Promise<void>;
  /** Whether all sensors can be made to follow one clock. */
  readonly canShareClock: () => boolean;
  /** Has them do so; they fall silent meanwhile. Resolves when it is over. */
  readonly shareClock: () => Promise<void>;
  readonly identify: (sensorIndex: number) => void;
  readonly canIdentify: (sensorIndex: number) => boolean;
  /** What went wrong on the unit itself; null where it does not tell, or cannot be asked now. */
  readonly readHealth: (sensorIndex: number) => Promise<DeviceHealth | null>;
  /** What is known of a connected sensor beyond what the flow needs; null once it is let go. */
  readonly sensorFacts: (sensorIndex: number) => SensorFacts | null;
}

export interface SensorFacts {
  readonly description: SensorDescription;
  readonly batteryPercent: number | null;
  /** When the battery was read, on the window's monotonic clock, ms. */
  readonly batteryHostTimeMs: number;
}

/** What speaks in a session; it tells what stands as caption. */
export interface SessionVoice {
  say(utterance: Utterance, show: (caption: Utterance) => void): void;
  hush(): void;
}

/** How long sensors that were let go on purpose may take to come back, all together. */
const RENEWAL_MS = 30_000;

/** More than one kind of sensor, or more than one rate. */
function isMixed(sensors: readonly ConnectedSensor[]): boolean {
  const kinds = sensors.map(({ description }) => `${description.family} ${description.nominalRateHz}`);
  return new Set(kinds).size > 1;
}

/** One seed for every demonstration: the same person, the same session, each time. */
const VIRTUAL_SEED = 41;

export function createSessionStore(services: ThoraServices, voice: SessionVoice): SessionStore {
  let kit: VirtualKit | null = null;
  let sensors = new Map<number, ConnectedSensor>();
  const batteries = new Map<number, Pick<SensorFacts, 'batteryPercent' | 'batteryHostTimeMs'>>();
  let unsubscribe: (() => void)[] = [];
  let advance: ((state: FlowState, event: FlowEvent) => FlowChange) | null = null;
  let epoch = 0;
  let attempt = 0;
  let countdown: ReturnType<typeof setTimeout> | undefined;
  /** What all sensors of this session are asked for; undefined while each has its usual rate. */
  let askedRateHz: number | undefined;
  let remembering: Promise<void> = Promise.resolve();
  /** Days since 1970-01-01. */
  let begunDay = NaN;
  /** Ends the wait for sensors that were let go on purpose; null while nobody waits. */
  let endRenewal: (() => void) | null = null;

  return create<SessionStoreState>((set, get) => {
    const send = (event: FlowEvent) => {
      if (advance === null) return;
      const change = advance(get().flow, withTimeLeft(event));
      if (change.state !== get().flow) set({ flow: change.state });
      for (const effect of change.effects) run(effect);
      if (change.state.step === 'idle' || change.state.step === 'done') release();
    };

    /** What breaks off a countdown knows what was left of it. */
    const withTimeLeft = (event: FlowEvent): FlowEvent =>
      event.kind === 'pause' || event.kind === 'stop'
        ? { ...event, leftS: Math.max(0, (get().countdownEndsMs - performance.now()) / 1000) }
        : event;

    const release = () => {
      clearTimeout(countdown);
      for (const stop of unsubscribe) stop();
      unsubscribe = [];
      kit?.dispose();
      kit = null;
      for (const sensor of sensors.values()) void sensor.disconnect().catch(() => undefined);
      sensors = new Map();
      askedRateHz = undefined;
      endRenewal?.();
    };

    const failed = (error: unknown, subject: string, sensorIndex: number | null = null) => {
      const { code, subject: named } =
        error instanceof SensorError ? error : new SensorError('connectFailed', subject);
      send({ kind: 'sensorFailed', code, subject: named || subject, sensorIndex });
    };

    const unlink = (sensorIndex: number) => {
      void sensors
        .get(sensorIndex)
        ?.disconnect()
        .catch(() => undefined);
      sensors.delete(sensorIndex);
    };

    /** While the kit is put together, a sensor that cannot be used leaves its place to the next try. */
    const letGo = (sensorIndex: number) => {
      if (get().flow.step !== 'connect') return;
      unlink(sensorIndex);
      send({ kind: 'sensorGone', sensorIndex });
    };

    const freeIndex = () => {
      const taken = get().flow.sensors.map((sensor) => sensor.sensorIndex);
      let index = 0;
      while (taken.includes(index)) index++;
      return index;
    };

    /** A link that fell because the radio was switched off is mended elsewhere than one that was out of reach. */
    const linkLost = async (sensorIndex: number, subject: string) => {
      if (endRenewal !== null) return;
      const radio = await services.kit.bluetoothAvailability().catch(() => 'available' as const);
      const fell = get().flow.sensors.find((sensor) => sensor.sensorIndex === sensorIndex);
      // It may be back, or the session over, by the time that the browser has answered.
      if (fell?.connected !== false) return;
      const code = radio === 'off' ? 'bluetoothOff' : 'linkLost';
      send({ kind: 'sensorFailed', code, subject, sensorIndex });
    };

    /** Of sensors that were let go on purpose: those that did not come back. */
    const tellLost = () => {
      for (const { connected, sensorIndex, name } of get().flow.sensors)
        if (!connected) void linkLost(sensorIndex, name);
    };

    const attach = async (sensor: ConnectedSensor, role: SegmentRole) => {
      const { sensorIndex, name } = sensor.description;
      const before = sensors.get(sensorIndex);
      // Another unit may take the place: nobody listens to the first one any more.
      if (before !== undefined) void before.disconnect().catch(() => undefined);
      sensors.set(sensorIndex, sensor);
      const noteBattery = (batteryPercent: number | null) => {
        batteries.set(sensorIndex, { batteryPercent, batteryHostTimeMs: performance.now() });
      };
      noteBattery(sensor.batteryPercent);
      const stopBattery = sensor.onBattery?.(noteBattery);
      if (stopBattery !== undefined) unsubscribe.push(stopBattery);
      send({
        kind: 'sensorConnected',
        sensor: { sensorIndex, role, name, batteryPercent: sensor.batteryPercent },
      });
      unsubscribe.push(
        sensor.onLinkChange((connected) => {
          send({ kind: 'linkChanged', sensorIndex, connected });
          if (!connected) void linkLost(sensorIndex, name);
          else if (get().flow.sensors.every((known) => known.connected)) endRenewal?.();
        }),
        sensor.onTrouble((trouble) => {
          if (sensors.get(sensorIndex) !== sensor) return;
          if (trouble.code === 'permissionRevoked') letGo(sensorIndex);
          failed(trouble, name, sensorIndex);
        }),
      );
      try {
        await services.session.attach(sensor, role);
      } catch (error) {
        letGo(sensorIndex);
        throw error;
      }
      if (isMixed([...sensors.values()])) failed(new SensorError('mixedKit', name), name);
    };

    /** One after the other: a sensor that takes another's place is written once that one has left it. */
    const rememberPlace = (role: SegmentRole, { description }: ConnectedSensor) => {
      remembering = remembering.then(() => services.places.remember(role, description.sensorId));
    };

    /** Where the person, or a movement, has put a sensor: it comes back there the next time. */
    const keepPlace = ({ sensorIndex, role }: { sensorIndex: number; role: SegmentRole | null }) => {
      const sensor = sensors.get(sensorIndex);
      if (role !== null && sensor?.description.simulated === false) rememberPlace(role, sensor);
    };

    /** Known sensors come back to their places by themselves, one after the other, until the person takes over. */
    const bringBack = async (roles: readonly SegmentRole[]) => {
      const known = await services.places.known();
      for (const role of roles) {
        const sensorId = known.get(role);
        if (sensorId === undefined) continue;
        const mine = ++attempt;
        const sensorIndex = freeIndex();
        const sensor = await services.kit.reconnectBluetooth(sensorIndex, sensorId).catch(() => null);
        if (mine !== attempt) {
          await sensor?.disconnect().catch(() => undefined);
          return;
        }
        try {
          if (sensor !== null) await attach(sensor, role);
        } catch (error) {
          failed(error, '');
        }
      }
    };

    const start = async (effect: Extract<FlowEffect, { kind: 'startSession' }>) => {
      const mine = ++epoch;
      unsubscribe.push(
        services.session.onFact((fact) => send({ kind: 'fact', fact })),
        services.session.onTrouble((trouble) => send({ kind: 'trouble', trouble })),
      );
      try {
        const simulated = effect.plan.kit === 'virtual';
        const sessionId = await services.session.start({ simulated, record: effect.plan.record });
        const made = simulated
          ? await services.kit.createVirtualKit(effect.plan.roles, VIRTUAL_SEED, effect.plan.virtualKit)
          : null;
        if (mine !== epoch) {
          made?.dispose();
          return;
        }
        kit = made;
        services.session.command({ kind: 'annotate', note: { about: 'appOpened', agoS: openForS() } });
        send({ kind: 'sessionStarted', sessionId });
        if (made !== null) {
          made.perform({ kind: 'lieOnTable' });
          for (const [index, role] of effect.plan.roles.entries()) {
            const sensor = kit?.sensors[index];
            if (sensor !== undefined) await attach(sensor, role);
          }
        } else void bringBack(effect.plan.roles);
      } catch (error) {
        if (mine !== epoch) return;
        if (error instanceof SensorError) failed(error, '');
        else if (get().flow.problem === null)
          send({ kind: 'trouble', trouble: { kind: 'storageFailed', detail: String(error) } });
      }
    };

    /** A session that goes on past midnight is one of the evening before; a journey or a clock put right is none. */
    const dayBegun = (today: number): number => (begunDay === today - 1 ? begunDay : today);

    /** For the plan and the weeks. Of the virtual kit only where it stands in for the programme's sensors. */
    const noteInJournal = async (result: SessionResult) => {
      const { plan, sessionId } = get().flow;
      const simulated = plan?.kit === 'virtual';
      if (plan === null || (simulated && plan.programme === undefined) || !hasDone(result)) return;
      const { session, planned } = plan.programme ?? { session: 'tests', planned: [] };
      const event = sessionDoneEvent(result, { sessionId, session, planned, simulated });
      await services.journal.append(event, dayBegun(services.journal.now().day));
    };

    const finish = async () => {
      try {
        const live = await services.session.finish();
        const { sessionId, recordingBroke, plan } = get().flow;
        if (plan?.record === false) {
          countFromNow();
          send({ kind: 'saved', result: live, kept: 'demonstration' });
          return;
        }
        // What was shown stands where the whole recording cannot be worked through.
        const report =
          sessionId === null || recordingBroke
            ? live
            : await services.log.report(sessionId, live).catch(() => live);
        const stored = sessionId === null ? null : await services.log.read(sessionId).catch(() => null);
        const kept = report !== live ? 'whole' : stored?.result ? 'result' : 'nothing';
        const untold = await noteInJournal(report).then(
          () => null,
          (error: unknown) => String(error),
        );
        countFromNow();
        send({ kind: 'saved', result: report, kept });
        if (untold !== null) send({ kind: 'trouble', trouble: { kind: 'storageFailed', detail: untold } });
      } catch {
        send({ kind: 'saveFailed' });
      }
    };

    const run = (effect: FlowEffect) => {
      switch (effect.kind) {
        case 'startSession':
          void start(effect);
          break;
        case 'command':
          services.session.command(effect.command);
          if (effect.command.kind === 'assignRole') keepPlace(effect.command);
          break;
        case 'perform':
          kit?.perform(effect.action);
          break;
        case 'say':
          voice.say(effect.utterance, (caption) => set({ caption }));
          break;
        case 'countDown': {
          const { id, seconds } = effect.countdown;
          clearTimeout(countdown);
          countdown = setTimeout(() => send({ kind: 'countdownOver', id }), 1000 * seconds);
          set({ countdownEndsMs: performance.now() + 1000 * seconds });
          break;
        }
        case 'prolong': {
          const endsMs = get().countdownEndsMs + 1000 * effect.seconds;
          clearTimeout(countdown);
          countdown = setTimeout(
            () => send({ kind: 'countdownOver', id: effect.id }),
            endsMs - performance.now(),
          );
          set({ countdownEndsMs: endsMs });
          break;
        }
        case 'letGo':
          unlink(effect.sensorIndex);
          break;
        case 'finish':
          void finish();
          break;
        case 'abandon':
          epoch++;
          attempt++;
          voice.hush();
          void services.session.abandon().catch(() => undefined);
      }
    };

    return {
      flow: IDLE_FLOW,
      caption: null,
      countdownEndsMs: NaN,
      begin: async (plan) => {
        advance = (await import('./session-flow.ts')).advanceFlow;
        begunDay = services.journal.now().day;
        set({ caption: null });
        send({ kind: 'begin', plan });
      },
      send,
      connect: async (role) => {
        const known = get().flow.sensors.find((sensor) => sensor.role === role);
        const sensorIndex = known?.sensorIndex ?? freeIndex();
        const mine = ++attempt;
        try {
          const sensor = await services.kit.connectBluetooth(sensorIndex, askedRateHz);
          if (mine === attempt && !sensor.cautions.includes('tiltOnly')) {
            rememberPlace(role, sensor);
            await attach(sensor, role);
          } else await sensor.disconnect();
          if (sensor.cautions.includes('tiltOnly'))
            throw new SensorError('tiltOnly', sensor.description.name);
        } catch (error) {
          if (mine === attempt) failed(error, '');
        }
      },
      cancelConnect: () => {
        attempt++;
      },
      lowerRateHz: () =>
        lowerCommonRateHz(
          [...sensors.values()].map(({ description, rates }) => ({
            rateHz: description.nominalRateHz,
            ratesHz: rates?.offeredHz ?? [],
          })),
        ),
      lowerRate: async () => {
        const rateHz = get().lowerRateHz();
        if (rateHz === null) return;
        askedRateHz = rateHz;
        for (const { sensorIndex, role, name } of get().flow.sensors) {
          const sensor = sensors.get(sensorIndex);
          if (!sensor?.rates || sensor.description.nominalRateHz === rateHz) continue;
          try {
            await sensor.rates.ask(rateHz);
            // The session learns of the rate before the first packet that has it.
            await services.session.attach(sensor, role);
          } catch (error) {
            failed(error, name, sensorIndex);
          }
        }
      },
      connectFirst: async (sensorIndex) => {
        if (endRenewal !== null) return;
        const others = [...sensors.keys()].filter((index) => index !== sensorIndex);
        const isOver = new Promise<void>((resolve) => (endRenewal = resolve));
        const timer = setTimeout(() => endRenewal?.(), RENEWAL_MS);
        try {
          await services.kit.renewBluetooth([sensorIndex, ...others]);
          await isOver;
        } finally {
          clearTimeout(timer);
          endRenewal = null;
        }
        tellLost();
      },
      canShareClock: () => sensors.size > 1 && [...sensors.values()].every((sensor) => sensor.canShareClock),
      shareClock: async () => {
        if (endRenewal !== null) return;
        endRenewal = () => undefined;
        try {
          await services.kit.shareClock([...sensors.keys()]);
        } catch (error) {
          failed(error, '');
        } finally {
          endRenewal = null;
        }
        tellLost();
      },
      identify: (sensorIndex) => {
        void sensors
          .get(sensorIndex)
          ?.identify?.()
          .catch(() => undefined);
      },
      readHealth: async (sensorIndex) =>
        (await sensors
          .get(sensorIndex)
          ?.readHealth?.()
          .catch(() => null)) ?? null,
      canIdentify: (sensorIndex) => sensors.get(sensorIndex)?.identify != null,
      sensorFacts: (sensorIndex) => {
        const sensor = sensors.get(sensorIndex);
        const battery = batteries.get(sensorIndex);
        if (sensor === undefined || battery === undefined) return null;
        return { description: sensor.description, ...battery };
      },
    };
  });
}
