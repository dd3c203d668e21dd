import type { SensorErrorCode } from '../../packet/sensor-error.ts';
import { NOTHING_TO_SAY, type Dialogue, type Turn } from '../dialogue.ts';
import { BATTERY_PATH, getCommand, helloCommand, REFERENCE, subscribeCommand } from './command.ts';
import type { LiveStream } from '../live-stream.ts';
import { readBattery, readHello, readStatus, referenceOf, RESPONSE } from './reply.ts';
import type { StreamLayout } from './stream-layout.ts';

const HELLO_PATIENCE_MS = 3000;
const REPLY_PATIENCE_MS = 3000;
/** "Not now": asked again so long after, and so often. */
const RETRY_MS = 700;
const MOST_RETRIES = 3;
/** A live stream of the sample firmware loses what lies behind this many bytes before its version 2.2.1, and it does not tell its version. */
const SAMPLE_FIRMWARE_BYTES = 150;

const STATUS = { conflict: 409, exhausted: 429, notNow: 503, noSlot: 507 } as const;

type Awaited = 'nothing' | 'hello' | 'battery' | 'subscription' | 'retry';

/**
 * One request at a time: a unit whose pool of requests has run out refuses everything until it is switched off and on,
 * and requests that it never answered use the pool up. So nothing is asked twice but what it put off itself.
 */
export function createMovesenseDialogue(layoutOf: (live: LiveStream) => StreamLayout): Dialogue {
  let path = '';
  let expectedBytes = 0;
  let firmware: string | null = null;
  let isSample = false;
  let batteryPercent: number | null = null;
  let awaited: Awaited = 'nothing';
  let retries = 0;

  const listen = (what: Awaited, command: Uint8Array | null, patienceMs: number): Turn => {
    awaited = what;
    return { next: 'listen', commands: command ? [command] : [], patienceMs };
  };
  const done = (): Turn => {
    awaited = 'nothing';
    return NOTHING_TO_SAY;
  };
  const fail = (code: SensorErrorCode, detail: string): Turn => {
    awaited = 'nothing';
    return { next: 'failed', code, detail };
  };

  function subscribe(): Turn {
    if (isSample && expectedBytes > SAMPLE_FIRMWARE_BYTES)
      return fail(
        'streamRefused',
        `the sample firmware may lose the second part of ${path} (${expectedBytes} bytes)`,
      );
    return listen('subscription', subscribeCommand(path), REPLY_PATIENCE_MS);
  }

  function hearHello(view: DataView): Turn {
    const hello = readHello(view);
    if (hello === null) return fail('foreignFirmware', 'its answer to HELLO is in no form of the vendor');
    isSample = hello.firmware === 'sample';
    if (hello.firmware === 'sample') {
      firmware = 'gatt_sensordata_app';
      return done();
    }
    if (hello.protocolVersion !== 1)
      return fail('foreignFirmware', `its protocol has version ${hello.protocolVersion}, Thora knows 1`);
    firmware = `${hello.appName} ${hello.appVersion}`;
    return listen('battery', getCommand(BATTERY_PATH, REFERENCE.battery), REPLY_PATIENCE_MS);
  }

  function hearSubscription(view: DataView): Turn {
    const status = readStatus(view) ?? 0;
    if (status >= 200 && status < 300) return done();
    const detail = `${path} was answered with ${status}`;
    switch (status) {
      case STATUS.notNow:
        return retries < MOST_RETRIES ? listen('retry', null, RETRY_MS) : fail('heldElsewhere', detail);
      case STATUS.exhausted:
        return fail('sensorExhausted', detail);
      case STATUS.noSlot:
      case STATUS.conflict:
        return fail('heldElsewhere', detail);
      default:
        return fail('streamRefused', detail);
    }
  }

  return {
    get firmware() {
      return firmware;
    },
    get batteryPercent() {
      return batteryPercent;
    },
    get answersQuestions() {
      return !isSample;
    },
    greet: () => listen('hello', helloCommand(), HELLO_PATIENCE_MS),
    start(live) {
      ({ path, expectedBytes } = layoutOf(live));
      retries = 0;
      return subscribe();
    },
    hear(view) {
      const { code, reference } = referenceOf(view);
      if (code === RESPONSE.reply && reference === REFERENCE.hello && awaited === 'hello')
        return hearHello(view);
      if (code === RESPONSE.reply && reference === REFERENCE.battery && awaited === 'battery') {
        batteryPercent = readBattery(view);
        return done();
      }
      if (reference !== REFERENCE.stream || awaited !== 'subscription') return null;
      // The sample firmware does not answer: its data is the answer. The default one may be overtaken by it.
      return code === RESPONSE.reply ? hearSubscription(view) : done();
    },
    unanswered() {
      switch (awaited) {
        case 'hello':
          return fail('foreignFirmware', 'HELLO was not answered');
        case 'retry':
          retries++;
          return subscribe();
        case 'battery':
        case 'subscription':
        case 'nothing':
          return done();
      }
    },
  };
}
