import { describe, expect, it } from 'vitest';
import type { Dialogue, Turn } from '../../../src/core/device/dialogue.ts';
import { MOVESENSE } from '../../../src/core/device/movesense/movesense.ts';
import { bytesOfHex, viewOf } from '../../support/notifications.ts';

const { bluetooth } = MOVESENSE;
const [USUAL, FAST] = MOVESENSE.liveStreams;

const ascii = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const hear = (dialogue: Dialogue, hex: string): Turn | null => dialogue.hear(viewOf(bytesOfHex(hex)));
const commandsOf = (turn: Turn | null): string[] =>
  turn === null || turn.next === 'failed'
    ? []
    : turn.commands.map((bytes) => Buffer.from(bytes).toString('hex'));

const HELLO_SAMPLE = `0101${ascii('Hello')}`;
const HELLO_DEFAULT = `010101${['250230002214', 'Movesense Flash', '0C8CDC000000', 'default', '2.3.1']
  .map((word) => `${ascii(word)}00`)
  .join('')}`;
const GET_BATTERY = `0403${ascii('/System/Energy/Level')}00`;
const SUBSCRIBE = `0102${ascii('/Meas/IMU9/52')}00`;

function greeted(hello: string): Dialogue {
  const dialogue = bluetooth.createDialogue();
  expect(commandsOf(dialogue.greet())).toEqual(['0001']);
  hear(dialogue, hello);
  return dialogue;
}

describe('movesense, default firmware', () => {
  it('says who it is and what its battery holds', () => {
    const dialogue = bluetooth.createDialogue();
    dialogue.greet();
    const turn = hear(dialogue, HELLO_DEFAULT);
    expect(commandsOf(turn)).toEqual([GET_BATTERY]);
    expect(turn?.next).toBe('listen');
    expect(dialogue.firmware).toBe('default 2.3.1');
    expect(hear(dialogue, '0103c80055')?.next).toBe('done');
    expect(dialogue.batteryPercent).toBe(0x55);
    expect(dialogue.answersQuestions).toBe(true);
  });

  it.each([
    ['cannot be measured now', '0103f701'],
    ['out of range', '0103c800ff'],
  ])('goes on without a battery value: %s', (_, reply) => {
    const dialogue = greeted(HELLO_DEFAULT);
    expect(hear(dialogue, reply)?.next).toBe('done');
    expect(dialogue.batteryPercent).toBeNull();
  });

  it('subscribes by the path and waits for its status', () => {
    const dialogue = greeted(HELLO_DEFAULT);
    hear(dialogue, '0103c80055');
    const turn = dialogue.start(USUAL);
    expect(turn.next).toBe('listen');
    expect(commandsOf(turn)).toEqual([SUBSCRIBE]);
    // Somebody else's answer, and one too short to say what it is.
    expect(hear(dialogue, '0105c800')).toBeNull();
    expect(hear(dialogue, '01')).toBeNull();
    expect(hear(dialogue, '0102c800')?.next).toBe('done');
  });

  it('takes data that overtakes the answer, and silence, as a yes', () => {
    const dialogue = greeted(HELLO_DEFAULT);
    dialogue.start(USUAL);
    expect(hear(dialogue, '020200000000')?.next).toBe('done');
    dialogue.start(USUAL);
    expect(dialogue.unanswered().next).toBe('done');
  });

  it('asks again only when the unit says "not now", and not for ever', () => {
    const dialogue = greeted(HELLO_DEFAULT);
    dialogue.start(USUAL);
    for (let i = 0; i < 3; i++) {
      const wait = hear(dialogue, '0102f701');
      expect(wait?.next).toBe('listen');
      expect(commandsOf(wait)).toEqual([]);
      expect(commandsOf(dialogue.unanswered())).toEqual([SUBSCRIBE]);
    }
    expect(hear(dialogue, '0102f701')).toMatchObject({ next: 'failed', code: 'heldElsewhere' });
    // A new start counts anew.
    expect(commandsOf(dialogue.start(USUAL))).toEqual([SUBSCRIBE]);
    expect(hear(dialogue, '0102f701')?.next).toBe('listen');
  });

  it.each([
    ['429, its requests have run out', 'ad01', 'sensorExhausted'],
    ['507, no free slot', 'fb01', 'heldElsewhere'],
    ['507 in the other byte order', '01fb', 'heldElsewhere'],
    ['409, it records by itself', '9901', 'heldElsewhere'],
    ['501, no such rate', 'f501', 'streamRefused'],
    ['404', '9401', 'streamRefused'],
    ['400', '9001', 'streamRefused'],
  ])('gives up on %s', (_, status, code) => {
    const dialogue = greeted(HELLO_DEFAULT);
    dialogue.start(USUAL);
    expect(hear(dialogue, `0102${status}`)).toMatchObject({ next: 'failed', code });
  });
});

describe('movesense, sample firmware', () => {
  it('is known by its Hello; it is asked nothing that it does not know', () => {
    const dialogue = bluetooth.createDialogue();
    dialogue.greet();
    expect(hear(dialogue, HELLO_SAMPLE)).toEqual({ next: 'done', commands: [] });
    expect(dialogue.firmware).toBe('gatt_sensordata_app');
    expect(dialogue.answersQuestions).toBe(false);
  });

  it('answers a subscription by its data', () => {
    const dialogue = greeted(HELLO_SAMPLE);
    expect(commandsOf(dialogue.start(USUAL))).toEqual([SUBSCRIBE]);
    expect(hear(dialogue, '020200000000')?.next).toBe('done');
  });

  it('is not asked for packets in two parts, which it may lose', () => {
    expect(FAST?.stream).toBe('/Meas/IMU9/104');
    expect(greeted(HELLO_SAMPLE).start(FAST)).toMatchObject({ next: 'failed', code: 'streamRefused' });
    expect(greeted(HELLO_DEFAULT).start(FAST).next).toBe('listen');
  });
});

describe('movesense, somebody else', () => {
  it.each([
    ['an answer in another form', '0101020304'],
    ['a newer protocol', `010102${HELLO_DEFAULT.slice(6)}`],
  ])('is refused: %s', (_, hello) => {
    const dialogue = bluetooth.createDialogue();
    dialogue.greet();
    expect(hear(dialogue, hello)).toMatchObject({ next: 'failed', code: 'foreignFirmware' });
  });

  it('is refused when it does not answer at all', () => {
    const dialogue = bluetooth.createDialogue();
    dialogue.greet();
    expect(dialogue.unanswered()).toMatchObject({ next: 'failed', code: 'foreignFirmware' });
  });
});

describe('movesense, clock', () => {
  const ask = bluetooth.clockEcho!;
  /** Published answer of a real unit to GET /Time/Detailed. */
  const DETAILED = '58d897e169590600d08924000004000014000000';

  it('comes back with its token', () => {
    const commands = Array.from({ length: ask.tokenModulus }, (_, token) => ask.command(token));
    expect(Buffer.from(commands[5]!).toString('hex')).toBe(`0445${ascii('/Time/Detailed')}00`);
    expect(new Set(commands.map((bytes) => bytes[1])).size).toBe(ask.tokenModulus);
    expect(bluetooth.readReply(viewOf(bytesOfHex(`0145c800${DETAILED}`)))).toEqual({
      kind: 'clockEcho',
      token: 5,
      receivedTicks: 2394576,
      sentTicks: 2394576,
    });
  });

  it.each([
    ['refused', '0145ad01'],
    ['cut at the smallest MTU', `0145c800${DETAILED}`.slice(0, 40)],
  ])('is not asked again when the answer is %s', (_, hex) => {
    expect(bluetooth.readReply(viewOf(bytesOfHex(hex)))).toMatchObject({
      kind: 'refused',
      command: 'clockEcho',
    });
  });

  it('leaves data and answers to other commands alone', () => {
    for (const hex of ['', '01', `0245c800${DETAILED}`, '0102c800', '01c0c800'])
      expect(bluetooth.readReply(viewOf(bytesOfHex(hex)))).toBeNull();
    expect(bluetooth.readReply(viewOf(bytesOfHex('0103c80032')))).toEqual({ kind: 'battery', percent: 50 });
  });
});
