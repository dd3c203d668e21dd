import { encodeCommand } from '../../firmware-protocol/typescript/command.ts';
import type { Command, StreamConfiguration } from '../../firmware-protocol/typescript/command.ts';
import { BOARD, decodeReply } from '../../firmware-protocol/typescript/reply.ts';
import type { Reply } from '../../firmware-protocol/typescript/reply.ts';
import type { SensorPacket } from '../../src/core/packet/packet.ts';
import { ask } from './c-program.ts';
import { bytesOf, hexOf, viewOf } from './shared-vectors.ts';

/** What a board measures, on its right-handed axes; SI. */
export interface BoardReading {
  readonly gyroRadPerS: readonly number[];
  readonly accMetersPerS2: readonly number[];
  readonly magMicroTesla: readonly number[];
}

/** What a chip of a board puts out for that: its own axes, its own scale. */
interface ChipModel {
  readonly code: number;
  readonly rateHz: number;
  readonly gyroRadPerSPerCount: number;
  readonly accMetersPerS2PerCount: number;
  /** Null without a magnetometer. */
  readonly magMicroTeslaPerCount: number | null;
  /** Board axes to the chip's axes. */
  motionAxes(v: readonly number[]): number[];
  magAxes(v: readonly number[]): number[];
}

const RAD = Math.PI / 180;
const G = 9.80665;
const same = (v: readonly number[]) => [...v];

/** Data sheets' scales and measured axes of the three boards, written independently of the firmware's own table. */
export const CHIPS = {
  nano33Ble: {
    code: BOARD.nano33Ble,
    rateHz: 119,
    gyroRadPerSPerCount: 0.07 * RAD,
    accMetersPerS2PerCount: 0.000244 * G,
    magMicroTeslaPerCount: 0.014,
    motionAxes: ([x, y, z]) => [-x, y, z],
    magAxes: same,
  },
  nano33BleRev2: {
    code: BOARD.nano33BleRev2,
    rateHz: 100,
    gyroRadPerSPerCount: RAD / 16.384,
    accMetersPerS2PerCount: G / 4096,
    magMicroTeslaPerCount: 1,
    motionAxes: ([x, y, z]) => [-y, x, z],
    magAxes: ([x, y, z]) => [y, x, z],
  },
  xiaoNrf52840Sense: {
    code: BOARD.xiaoNrf52840Sense,
    rateHz: 104,
    gyroRadPerSPerCount: 0.07 * RAD,
    accMetersPerS2PerCount: 0.000244 * G,
    magMicroTeslaPerCount: null,
    motionAxes: same,
    magAxes: same,
  },
} as const satisfies Record<string, ChipModel>;
export type BoardName = keyof typeof CHIPS;

/** A chip's counts for a reading: nearest, held at the range of 16 bits. */
export function chipCounts(board: BoardName, reading: BoardReading): number[] {
  const chip: ChipModel = CHIPS[board];
  const counts = (v: number[], unit: number) =>
    v.map((value) => Math.max(-32768, Math.min(32767, Math.round(value / unit))));
  return [
    ...counts(chip.motionAxes(reading.gyroRadPerS), chip.gyroRadPerSPerCount),
    ...counts(chip.motionAxes(reading.accMetersPerS2), chip.accMetersPerS2PerCount),
    ...(chip.magMicroTeslaPerCount === null
      ? []
      : counts(chip.magAxes(reading.magMicroTesla), chip.magMicroTeslaPerCount)),
  ];
}

export interface NanoOptions {
  readonly board: BoardName;
  /** What the chip measures `timeS` after the script began. */
  readonly reading: (timeS: number) => BoardReading;
  /** The board's microsecond counter when the script begins. */
  readonly bootUs?: number;
  /** True rate of the chip over its nominal one. */
  readonly rateRatio?: number;
  /** Longest time between two looks into the FIFO, us; the shortest is a quarter of it. */
  readonly lookUs?: number;
}

/** How time goes by: all optional, for the ordinary case is a chip that lives and a radio that takes everything. */
export interface Passage {
  /** Notifications that the radio takes every 15 ms; 0: back-pressure. */
  readonly room?: number;
  /** 'dead': no samples. 'stuck': always the same. */
  readonly chip?: 'alive' | 'dead' | 'stuck';
  /** Setting up the chip succeeds. */
  readonly setUp?: boolean;
}

const RADIO_EVERY_US = 15_000;
const FIFO_DEPTH = 32;
const RADIO_LATENCY_MS = 8;

/**
 * The firmware core as a board on a desk: a script of what the chip measures, what the page writes and how the radio
 * fares, run in one go by the program of `c/test/unit_runner.c`.
 */
export class VirtualNano {
  /** Time since the script began, us. */
  nowUs = 0;
  /** True times of the chip's samples, us; those the FIFO lost included. */
  readonly sampleTimesUs: number[] = [];
  private readonly options: Required<NanoOptions>;
  private readonly requests: string[] = [];
  private readonly packetAnswers: { readonly at: number; readonly hostTimeMs: number }[] = [];
  private readonly replyAnswers: number[] = [];
  private answers: readonly string[] = [];
  private nextSampleUs: number;
  private nextRadioUs = 0;
  private clockBaseUs: number;
  private randomState = 12345;
  private magCount = 0;
  private readonly fifo: string[] = [];
  private fifoLost = false;
  private stuckWords = '';

  constructor(options: NanoOptions) {
    this.options = { bootUs: 1_000_000, rateRatio: 1, lookUs: 2000, ...options };
    this.clockBaseUs = this.options.bootUs;
    this.nextSampleUs = 0.4 * this.periodUs;
    this.power();
  }

  get periodUs(): number {
    return 1e6 / (CHIPS[this.options.board].rateHz * this.options.rateRatio);
  }

  /** The board's microsecond counter now. */
  get clockUs(): number {
    return (this.clockBaseUs + Math.floor(this.nowUs)) % 2 ** 32;
  }

  /** Adds a request of the runner; returns its number, for {@link answer}. */
  request(line: string): number {
    return this.requests.push(line) - 1;
  }

  power(byWatchdog = false): void {
    this.request(
      `power ${CHIPS[this.options.board].code} 3405691582 ${byWatchdog ? 1 : 0} ${Math.floor(this.clockUs)}`,
    );
  }

  /** Power lost and back: the counter begins at 0, what was in the chip and on the way is gone. */
  restart(): void {
    this.clockBaseUs = -Math.floor(this.nowUs);
    this.fifo.length = 0;
    this.fifoLost = false;
    this.power();
  }

  /** A write to the command characteristic; the answers are notified at once. Returns the replies' request number. */
  write(bytes: Uint8Array): number {
    this.request(`write ${this.clockUs} ${bytes.length === 0 ? '-' : hexOf(bytes)}`);
    const at = this.request(`replies ${(this.clockUs + 300) % 2 ** 32}`);
    this.replyAnswers.push(at);
    return at;
  }

  command(command: Command): number {
    return this.write(encodeCommand(command));
  }

  configure(configuration: Partial<StreamConfiguration> = {}): number {
    return this.command({
      name: 'configure',
      reference: 2,
      configuration: {
        rateCentiHz: 10400,
        hasMagnetometer: true,
        singleSample: false,
        samplesPerPacket: 4,
        ...configuration,
      },
    });
  }

  /** As a page begins. */
  begin(configuration: Partial<StreamConfiguration> = {}): void {
    this.command({ name: 'stop', reference: 1 });
    this.configure(configuration);
    this.pass(0.02);
    this.command({ name: 'start', reference: 3 });
  }

  /** Lets time go by. */
  pass(durationS: number, passage: Passage = {}): void {
    const endUs = this.nowUs + durationS * 1e6;
    while (this.nowUs < endUs) {
      this.look(passage);
      if (this.nowUs >= this.nextRadioUs) {
        this.radio(passage.room ?? 4);
        this.nextRadioUs = this.nowUs + RADIO_EVERY_US;
      }
      this.nowUs += Math.round(this.options.lookUs * (0.25 + 0.75 * this.random()));
    }
  }

  /** One look at the chip, as a sketch does: set up if due, take what the FIFO holds. */
  private look({ chip = 'alive', setUp = true }: Passage): void {
    this.request(`chip ${this.clockUs} ${setUp ? 1 : 0}`);
    while (this.nextSampleUs <= this.nowUs) {
      if (chip !== 'dead') {
        this.sampleTimesUs.push(this.nextSampleUs);
        this.fifo.push(chip === 'stuck' ? this.stuckWords : this.measure(this.nextSampleUs / 1e6));
        if (this.fifo.length > FIFO_DEPTH) {
          this.fifo.shift();
          this.fifoLost = true;
        }
      }
      this.nextSampleUs += this.periodUs;
    }
    if (this.fifo.length === 0) return;
    this.request(
      `take ${this.clockUs} ${this.fifoLost ? 1 : 0} 0 ${this.fifo.length} ${this.fifo.join(' ')}`,
    );
    this.fifo.length = 0;
    this.fifoLost = false;
  }

  private measure(timeS: number): string {
    const counts = chipCounts(this.options.board, this.options.reading(timeS));
    // The last bit of a real chip is never at rest.
    counts[0] += this.random() < 0.5 ? 0 : 1;
    counts[3] += this.random() < 0.5 ? 0 : 1;
    const hasMag = counts.length === 9 && this.magCount++ % 6 === 0;
    this.stuckWords = `${counts.slice(0, 6).join(' ')} none`;
    return hasMag ? counts.join(' ') : this.stuckWords;
  }

  private radio(room: number): void {
    const at = this.request(`radio ${room}`);
    this.packetAnswers.push({ at, hostTimeMs: this.nowUs / 1000 + RADIO_LATENCY_MS });
  }

  /** Runs the whole script; afterwards answers, packets and replies can be read. */
  run(runner: string): void {
    this.answers = ask(runner, this.requests);
  }

  answer(request: number): string {
    return this.answers[request];
  }

  /** Replies to the write with this number. */
  repliesTo(request: number): Reply[] {
    const answer = this.answer(request);
    return answer === '-' ? [] : answer.split(' ').map((hex) => read(hex));
  }

  /** All replies in order. */
  get replies(): Reply[] {
    return this.replyAnswers.flatMap((at) => this.repliesTo(at));
  }

  /** All notifications on the sample characteristic, stamped as a page would. */
  get packets(): SensorPacket[] {
    return this.packetAnswers.flatMap(({ at, hostTimeMs }) => {
      const answer = this.answer(at);
      if (answer === '-') return [];
      return answer.split(' ').map((hex, i) => ({
        sensorIndex: 0,
        hostTimeMs: hostTimeMs + 0.3 * i,
        bytes: bytesOf(hex),
      }));
    });
  }

  private random(): number {
    this.randomState = (Math.imul(this.randomState, 1664525) + 1013904223) >>> 0;
    return this.randomState / 2 ** 32;
  }
}

function read(hex: string): Reply {
  const reply = decodeReply(viewOf(bytesOf(hex)));
  if (typeof reply === 'string') throw new Error(`${hex}: ${reply}`);
  return reply;
}
