import { join } from 'node:path';
import { encodeCommand } from '../../firmware-protocol/typescript/command.ts';
import type { Command, StreamConfiguration } from '../../firmware-protocol/typescript/command.ts';
import { decodeReply } from '../../firmware-protocol/typescript/reply.ts';
import type { Reply } from '../../firmware-protocol/typescript/reply.ts';
import {
  ask,
  CAREFUL,
  cCompiler,
  compile,
  CORE_SOURCES,
  cppCompiler,
  firmwareFolder,
  STRICT_C,
} from './c-program.ts';
import { bytesOf, hexOf, viewOf } from './shared-vectors.ts';
import { CHIPS, chipCounts } from './virtual-nano.ts';
import type { BoardName, BoardReading } from './virtual-nano.ts';

const SKETCH_FOLDERS: Readonly<Record<BoardName, string>> = {
  nano33Ble: 'nano33_ble',
  nano33BleRev2: 'nano33_ble_rev2',
  xiaoNrf52840Sense: 'xiao_nrf52840_sense',
};

/** Every sketch as a program, over stand-ins for the Arduino core, its libraries and the chips. */
export function buildSketches(folder: string): Record<BoardName, string> {
  const arduino = join(firmwareFolder, 'arduino');
  const cpp = [
    '-std=c++14',
    '-Wall',
    '-Wextra',
    '-Werror',
    ...CAREFUL,
    ...['arduino/host-stubs', 'arduino/ThoraKit', 'c'].map((name) => `-I${join(firmwareFolder, name)}`),
  ];
  const objects = [
    ...CORE_SOURCES.map((name) => {
      const object = join(folder, name.replace('.c', '.o'));
      compile(cCompiler!, [...STRICT_C, ...CAREFUL, '-c', join(firmwareFolder, 'c', name), '-o', object]);
      return object;
    }),
    ...['ThoraKit/ThoraKit.cpp', 'host-stubs/host.cpp', 'host-stubs/host-chips.cpp'].map((name, i) => {
      const object = join(folder, `host${i}.o`);
      compile(cppCompiler!, [...cpp, '-c', join(arduino, name), '-o', object]);
      return object;
    }),
  ];
  const programs = {} as Record<BoardName, string>;
  for (const [board, name] of Object.entries(SKETCH_FOLDERS)) {
    const program = join(folder, name);
    const sketch = join(arduino, name, `${name}.ino`);
    compile(cppCompiler!, [...cpp, '-x', 'c++', sketch, '-x', 'none', ...objects, '-o', program]);
    programs[board as BoardName] = program;
  }
  return programs;
}

export interface SketchNotification {
  readonly timeUs: number;
  readonly kind: 'sample' | 'command';
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A sketch on a desk, as a script that is run in one go. */
export class SketchHost {
  readonly board: BoardName;
  private readonly requests: string[] = [];
  private answers: readonly string[] = [];
  private readonly runs: number[] = [];

  constructor(board: BoardName) {
    this.board = board;
    this.request(`board ${CHIPS[board].code}`);
  }

  request(line: string): number {
    return this.requests.push(line) - 1;
  }

  /** What the chip will measure, sample by sample at its nominal rate (or `rateHz`). */
  feed(
    reading: (timeS: number) => BoardReading,
    durationS: number,
    rateHz: number = CHIPS[this.board].rateHz,
  ): void {
    const count = Math.round(durationS * rateHz);
    for (let first = 0; first < count; first += 500) {
      const size = Math.min(500, count - first);
      const words = Array.from({ length: size }, (_, i) => {
        const counts = chipCounts(this.board, reading((first + i) / rateHz));
        return [...counts, ...(counts.length === 6 ? [0, 0, 0] : [])].join(' ');
      });
      this.request(`feed ${size} ${words.join(' ')}`);
    }
  }

  /** Power on, a page connects and subscribes. */
  connect(mtu = 247): number {
    const setup = this.request('setup');
    this.request(`connect ${mtu}`);
    this.request('subscribe');
    return setup;
  }

  write(bytes: Uint8Array): void {
    this.request(`write ${bytes.length === 0 ? '-' : hexOf(bytes)}`);
  }

  /** Writes and waits; returns the number of the run that holds the answer. */
  command(command: Command): number {
    this.write(encodeCommand(command));
    return this.pass(0.02);
  }

  begin(configuration: Partial<StreamConfiguration> = {}): void {
    this.command({ name: 'stop', reference: 1 });
    this.command({
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
    this.command({ name: 'start', reference: 3 });
  }

  pass(durationS: number): number {
    const at = this.request(`run ${Math.round(durationS * 1e6)}`);
    this.runs.push(at);
    return at;
  }

  run(program: string): void {
    this.answers = ask(program, this.requests);
  }

  answer(request: number): string {
    return this.answers[request];
  }

  notificationsOf(run: number): SketchNotification[] {
    const answer = this.answer(run);
    if (answer === '-') return [];
    return answer.split(' ').map((word) => {
      const [time, kind, hex] = word.split(':');
      return { timeUs: Number(time), kind: kind === 's' ? 'sample' : 'command', bytes: bytesOf(hex) };
    });
  }

  get notifications(): SketchNotification[] {
    return this.runs.flatMap((run) => this.notificationsOf(run));
  }

  get samplePackets(): SketchNotification[] {
    return this.notifications.filter(({ kind }) => kind === 'sample');
  }

  /** The one reply within a run; what is no reply (the command that the stack notifies back) is left out, as by a page. */
  reply(run: number): Reply {
    const replies = this.notificationsOf(run)
      .filter(({ kind, bytes }) => kind === 'command' && (bytes[0] & 15) === 4)
      .map(({ bytes }) => decodeReply(viewOf(bytes)));
    const [reply] = replies;
    if (replies.length !== 1 || typeof reply === 'string')
      throw new Error(`one reply expected: ${JSON.stringify(replies)}`);
    return reply;
  }
}
