import { describe, expect, it, vi } from 'vitest';
import { SensorError, type SensorErrorCode } from '../../src/core/packet/sensor-error.ts';
import type { ConnectedSensor, ThoraServices } from '../../src/ui/services.ts';
import { planSession } from '../../src/ui/start-session.ts';
import type { FlowPlan } from '../../src/ui/stores/session-flow-state.ts';
import { createSessionStore } from '../../src/ui/stores/session-store.ts';

const JOURNAL = { now: () => ({ utcMs: 0, day: 20_000 }), append: () => Promise.resolve() };

const MUTE = { say: () => undefined, hush: () => undefined };
const ALONE = planSession({
  kit: 'bluetooth',
  exerciseIds: ['E01'],
  roles: ['upperBack'],
  demonstration: true,
});
const settle = () => new Promise((resolve) => setTimeout(resolve));

describe('a connection that is given up', () => {
  it('lets go of a sensor that answers after that, and shows no failure', async () => {
    let answer: (sensor: ConnectedSensor) => void = () => undefined;
    let isConnected = true;
    const services = {
      journal: JOURNAL,
      kit: { connectBluetooth: () => new Promise<ConnectedSensor>((resolve) => (answer = resolve)) },
    } as unknown as ThoraServices;
    const store = createSessionStore(services, MUTE);
    await store.getState().begin({ ...ALONE, askPain: true });
    const connecting = store.getState().connect('upperBack');
    store.getState().cancelConnect();
    answer({
      disconnect: () => {
        isConnected = false;
        return Promise.resolve();
      },
    } as unknown as ConnectedSensor);
    await connecting;
    expect(isConnected).toBe(false);
    expect(store.getState().flow).toMatchObject({ sensors: [], problem: null });
  });
});

describe('a link that falls', () => {
  /** Connects one sensor, lets its link fall while the radio is in this state, and answers with what is shown. */
  async function fallWhile(radio: 'available' | 'off', meanwhile: 'nothing' | 'comesBack' | 'leave') {
    let linkChanged: (connected: boolean) => void = () => undefined;
    const sensor = {
      description: { sensorIndex: 0, name: 'Unit', family: 'thora-nano33', nominalRateHz: 104 },
      batteryPercent: 60,
      cautions: [],
      identify: null,
      onLinkChange: (listener: (connected: boolean) => void) => {
        linkChanged = listener;
        return () => undefined;
      },
      onTrouble: () => () => undefined,
      disconnect: () => Promise.resolve(),
    } as unknown as ConnectedSensor;
    const services = {
      kit: {
        connectBluetooth: () => Promise.resolve(sensor),
        bluetoothAvailability: () => Promise.resolve(radio),
      },
      journal: JOURNAL,
      places: { known: () => Promise.resolve(new Map()), remember: () => Promise.resolve() },
      session: {
        start: () => Promise.resolve('s'),
        attach: () => Promise.resolve(),
        abandon: () => Promise.resolve(),
        command: () => undefined,
        onFact: () => () => undefined,
        onTrouble: () => () => undefined,
      },
    } as unknown as ThoraServices;
    const store = createSessionStore(services, MUTE);
    await store.getState().begin(ALONE);
    await settle();
    await store.getState().connect('upperBack');
    expect(store.getState().sensorFacts(0)).toMatchObject({ batteryPercent: 60 });
    linkChanged(false);
    if (meanwhile === 'comesBack') linkChanged(true);
    if (meanwhile === 'leave') store.getState().send({ kind: 'leave' });
    await settle();
    return store.getState().flow.problem;
  }

  it('is told apart from a radio that was switched off', async () => {
    expect(await fallWhile('available', 'nothing')).toMatchObject({ code: 'linkLost', subject: 'Unit' });
    expect(await fallWhile('off', 'nothing')).toMatchObject({ code: 'bluetoothOff' });
  });

  it('says nothing once it is back, or the session is left', async () => {
    expect(await fallWhile('available', 'comesBack')).toBeNull();
    expect(await fallWhile('off', 'leave')).toBeNull();
  });
});

describe('sensors of before', () => {
  it('come back to their places by themselves, and what is not there waits for a tap', async () => {
    const asked: [number, string][] = [];
    const attached: string[] = [];
    const sensorOf = (sensorIndex: number, sensorId: string): ConnectedSensor =>
      ({
        description: { sensorIndex, sensorId, name: sensorId, family: 'movesense', nominalRateHz: 52 },
        batteryPercent: null,
        cautions: [],
        onLinkChange: () => () => undefined,
        onTrouble: () => () => undefined,
      }) as unknown as ConnectedSensor;
    const services = {
      journal: JOURNAL,
      places: {
        known: () =>
          Promise.resolve(
            new Map([
              ['upperBack', 'a'],
              ['lowerBack', 'b'],
            ]),
          ),
      },
      kit: {
        reconnectBluetooth: (sensorIndex: number, sensorId: string) => {
          asked.push([sensorIndex, sensorId]);
          return Promise.resolve(sensorId === 'b' ? sensorOf(sensorIndex, sensorId) : null);
        },
      },
      session: {
        start: () => Promise.resolve('s'),
        command: () => undefined,
        onFact: () => () => undefined,
        onTrouble: () => () => undefined,
        attach: (sensor: ConnectedSensor, role: string) => {
          attached.push(`${sensor.description.sensorId} ${role}`);
          return Promise.resolve();
        },
      },
    } as unknown as ThoraServices;
    const store = createSessionStore(services, MUTE);
    const plan = {
      kit: 'bluetooth',
      roles: ['upperBack', 'lowerBack'],
      askPain: false,
      items: [],
    } as unknown as FlowPlan;
    await store.getState().begin(plan);
    await vi.waitFor(() => expect(attached).toEqual(['b lowerBack']));
    expect(asked).toEqual([
      [0, 'a'],
      [0, 'b'],
    ]);
    expect(store.getState().flow).toMatchObject({ sensors: [{ role: 'lowerBack' }], problem: null });
  });
});

describe('a kit whose samples do not all come through', () => {
  /** Two sensors of which every call is noted, and a way to change their links. */
  async function kitOfTwo(sharing: Promise<void> = Promise.resolve()) {
    const calls: string[] = [];
    const places = new Map<string, string>();
    const links: ((connected: boolean) => void)[] = [];
    const sensorOf = (sensorIndex: number, usualHz: number): ConnectedSensor => {
      let rateHz = usualHz;
      return {
        get description() {
          return {
            sensorIndex,
            sensorId: `id ${sensorIndex}`,
            simulated: false,
            name: `Unit ${sensorIndex}`,
            family: 'movesense',
            nominalRateHz: rateHz,
          };
        },
        rates: {
          offeredHz: [104, 52, 26],
          ask: (hz: number) => {
            rateHz = hz;
            calls.push(`ask ${sensorIndex} ${hz}`);
            return Promise.resolve();
          },
        },
        batteryPercent: null,
        cautions: [],
        canShareClock: true,
        onLinkChange: (listener: (connected: boolean) => void) => {
          links[sensorIndex] = listener;
          return () => undefined;
        },
        onTrouble: () => () => undefined,
        disconnect: () => Promise.resolve(),
      } as unknown as ConnectedSensor;
    };
    const services = {
      journal: JOURNAL,
      places: {
        known: () => Promise.resolve(new Map()),
        // Like the database: what it found at the beginning it takes away at the end.
        remember: async (role: string, sensorId: string) => {
          const before = [...places].filter(([, id]) => id === sensorId);
          await Promise.resolve();
          for (const [place] of before) places.delete(place);
          places.set(role, sensorId);
        },
      },
      kit: {
        connectBluetooth: (index: number, rateHz?: number) => {
          calls.push(`connect ${index} ${rateHz}`);
          return Promise.resolve(sensorOf(index, rateHz ?? 52));
        },
        renewBluetooth: (indexes: readonly number[]) => {
          calls.push(`renew ${indexes.join(' ')}`);
          for (const index of indexes) links[index]!(false);
          return Promise.resolve();
        },
        shareClock: async (indexes: readonly number[]) => {
          calls.push(`share ${indexes.join(' ')}`);
          for (const index of indexes) links[index]!(false);
          await sharing;
        },
        bluetoothAvailability: () => Promise.resolve('available'),
      },
      session: {
        command: () => undefined,
        start: () => Promise.resolve('s'),
        attach: (sensor: ConnectedSensor, role: string) => {
          calls.push(`attach ${role} ${sensor.description.nominalRateHz}`);
          return Promise.resolve();
        },
        onFact: () => () => undefined,
        onTrouble: () => () => undefined,
      },
    } as unknown as ThoraServices;
    const store = createSessionStore(services, MUTE);
    await store.getState().begin({ ...ALONE, roles: ['upperBack', 'lowerBack', 'upperArmRight'] });
    await settle();
    await store.getState().connect('upperBack');
    await store.getState().connect('lowerBack');
    calls.length = 0;
    return { store, calls, links, places };
  }

  it('is asked for a lower rate, all of it, and so is what is connected later', async () => {
    const { store, calls } = await kitOfTwo();
    expect(store.getState().lowerRateHz()).toBe(26);
    await store.getState().lowerRate();
    expect(calls).toEqual(['ask 0 26', 'attach upperBack 26', 'ask 1 26', 'attach lowerBack 26']);
    expect(store.getState().lowerRateHz()).toBeNull();
    expect(store.getState().sensorFacts(1)?.description.nominalRateHz).toBe(26);
    calls.length = 0;
    await store.getState().connect('upperArmRight');
    expect(calls).toEqual(['connect 2 26', 'attach upperArmRight 26']);
    expect(store.getState().flow.problem).toBeNull();
  });

  it('is connected in another order without a word of links that fell, unless one does not come back', async () => {
    vi.useFakeTimers();
    const { store, calls, links } = await advanced(kitOfTwo());
    let isOver = false;
    void store
      .getState()
      .connectFirst(1)
      .then(() => (isOver = true));
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toEqual(['renew 1 0']);
    links[1]!(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(isOver).toBe(false);
    expect(store.getState().flow.problem).toBeNull();
    links[0]!(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(isOver).toBe(true);
    expect(store.getState().flow.problem).toBeNull();

    void store.getState().connectFirst(0);
    await vi.advanceTimersByTimeAsync(0);
    links[0]!(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.getState().flow.problem).toMatchObject({ code: 'linkLost', subject: 'Unit 1' });
    vi.useRealTimers();
  });

  it('is remembered in the places that the person shows, although each takes that of the other', async () => {
    const { store, places } = await kitOfTwo();
    const shown = (upper: number, lower: number) =>
      store.getState().send({
        kind: 'rolesShown',
        roles: [
          { sensorIndex: upper, role: 'upperBack' },
          { sensorIndex: lower, role: 'lowerBack' },
        ],
      });
    expect(Object.fromEntries(places)).toEqual({ upperBack: 'id 0', lowerBack: 'id 1' });
    shown(1, 0);
    await settle();
    expect(Object.fromEntries(places)).toEqual({ upperBack: 'id 1', lowerBack: 'id 0' });
  });

  it('is set to one clock without a word of links that fell, and a failure is told by its name', async () => {
    let fail: (error: Error) => void = () => undefined;
    const sharing = new Promise<void>((_, reject) => (fail = reject));
    const { store, calls, links } = await kitOfTwo(sharing);
    expect(store.getState().canShareClock()).toBe(true);
    const work = store.getState().shareClock();
    await settle();
    // Once is enough.
    await store.getState().shareClock();
    expect(calls).toEqual(['share 0 1']);
    expect(store.getState().flow.problem).toBeNull();
    for (const index of [0, 1]) links[index]!(true);
    fail(new SensorError('clockNotShared', 'Unit 1'));
    await work;
    expect(store.getState().flow.problem).toMatchObject({ code: 'clockNotShared', subject: 'Unit 1' });
  });

  async function advanced<T>(work: Promise<T>): Promise<T> {
    await vi.advanceTimersByTimeAsync(10);
    return work;
  }
});

describe('sensors that cannot be used, or not well', () => {
  interface Unit {
    readonly sensor: ConnectedSensor;
    isConnected: boolean;
    trouble(code: SensorErrorCode): void;
  }

  /** A kit whose units are these, one after the other, and whose streams fail as said. */
  async function kitOf(
    units: readonly {
      readonly family: string;
      readonly rateHz: number;
      readonly startFails?: SensorErrorCode;
    }[],
  ) {
    const made: Unit[] = [];
    const attached: string[] = [];
    const services = {
      journal: JOURNAL,
      places: { known: () => Promise.resolve(new Map()), remember: () => Promise.resolve() },
      kit: {
        bluetoothAvailability: () => Promise.resolve('available'),
        connectBluetooth: (sensorIndex: number) => {
          const { family, rateHz } = units[made.length]!;
          let tell: (error: SensorError) => void = () => undefined;
          const name = `Unit ${made.length}`;
          const unit: Unit = {
            isConnected: true,
            trouble: (code) => tell(new SensorError(code, name)),
            sensor: {
              description: { sensorIndex, sensorId: name, name, family, nominalRateHz: rateHz },
              rates: null,
              batteryPercent: null,
              cautions: [],
              onLinkChange: () => () => undefined,
              onTrouble: (listener: (error: SensorError) => void) => {
                tell = listener;
                return () => undefined;
              },
              disconnect: () => {
                unit.isConnected = false;
                return Promise.resolve();
              },
            } as unknown as ConnectedSensor,
          };
          made.push(unit);
          return Promise.resolve(unit.sensor);
        },
      },
      session: {
        start: () => Promise.resolve('s'),
        attach: ({ description }: ConnectedSensor, role: string) => {
          const code = units[made.length - 1]?.startFails;
          if (code !== undefined) return Promise.reject(new SensorError(code, description.name));
          attached.push(`${description.sensorIndex} ${role}`);
          return Promise.resolve();
        },
        command: () => undefined,
        onFact: () => () => undefined,
        onTrouble: () => () => undefined,
      },
    } as unknown as ThoraServices;
    const store = createSessionStore(services, MUTE);
    await store.getState().begin({ ...ALONE, roles: ['upperBack', 'lowerBack'] });
    await settle();
    return { store, made, attached, flow: () => store.getState().flow };
  }

  const GOOD = { family: 'movesense', rateHz: 52 };

  it.each([
    ['of two kinds', { family: 'thora-nano33', rateHz: 52 }],
    ['at two rates', { family: 'movesense', rateHz: 104 }],
  ])('are told of when they are %s, and stay', async (_, second) => {
    const { store, attached, flow } = await kitOf([GOOD, second]);
    await store.getState().connect('upperBack');
    expect(flow().problem).toBeNull();
    await store.getState().connect('lowerBack');
    expect(flow().problem).toMatchObject({ about: 'sensor', code: 'mixedKit', subject: 'Unit 1' });
    expect(attached).toEqual(['0 upperBack', '1 lowerBack']);
  });

  it('leave their place to the next try while the kit is put together', async () => {
    const { store, made, attached, flow } = await kitOf([
      { ...GOOD, startFails: 'heldElsewhere' },
      GOOD,
      GOOD,
    ]);
    await store.getState().connect('upperBack');
    expect(flow()).toMatchObject({ sensors: [], problem: { code: 'heldElsewhere', subject: 'Unit 0' } });
    expect(made[0]!.isConnected).toBe(false);
    await store.getState().connect('lowerBack');
    await store.getState().connect('upperBack');
    expect(attached).toEqual(['0 lowerBack', '1 upperBack']);
    expect(flow()).toMatchObject({ problem: null, sensors: [{ role: 'lowerBack' }, { role: 'upperBack' }] });
  });

  it('are offered anew once the browser took its permission back, whenever that is', async () => {
    const { store, made, attached, flow } = await kitOf([GOOD, GOOD, GOOD, GOOD]);
    await store.getState().connect('upperBack');
    await store.getState().connect('lowerBack');
    made[0]!.trouble('permissionRevoked');
    expect(flow()).toMatchObject({
      sensors: [{ role: 'lowerBack' }],
      problem: { code: 'permissionRevoked' },
    });
    await store.getState().connect('upperBack');
    expect(attached.at(-1)).toBe('0 upperBack');
    // In the middle of the session it keeps its place, and the problem says whose it is.
    store.getState().send({ kind: 'sensorsComplete' });
    store.getState().send({ kind: 'fact', fact: { kind: 'stepCompleted', step: 'still', findings: [] } });
    expect(flow().step).toBe('strapOn');
    made[1]!.trouble('permissionRevoked');
    expect(
      flow()
        .sensors.map(({ role }) => role)
        .sort(),
    ).toEqual(['lowerBack', 'upperBack']);
    expect(flow().problem).toMatchObject({ code: 'permissionRevoked', sensorIndex: 1 });
    // What an object of before still says is about nobody any more.
    store.getState().send({ kind: 'problemSeen' });
    made[0]!.trouble('halfRate');
    expect(flow().problem).toBeNull();
  });
});
