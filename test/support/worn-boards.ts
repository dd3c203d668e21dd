import { TimedVirtualKit } from '../../src/adapters/sources/virtual-kit/timed-virtual-kit.ts';
import type { SegmentRole } from '../../src/core/body/segment-role.ts';
import type { VirtualAction } from '../../src/ui/services.ts';
import { EmulatedNano33 } from './emulated-nano33.ts';
import type { BoardRelay } from './emulated-nano33.ts';
import type { EmulatedRadio } from './emulated-radio.ts';

/**
 * Emulated boards on a virtual person: what the simulated chips measure goes through the browser's Bluetooth stack, and
 * the person does what the test says, as somebody would who reads the screen.
 */
export class WornBoards {
  readonly boards: readonly EmulatedNano33[];
  readonly #kit: TimedVirtualKit;

  private constructor(kit: TimedVirtualKit, boards: readonly EmulatedNano33[]) {
    this.#kit = kit;
    this.boards = boards;
  }

  /** Board i carries roles[i]; all lie on the table. */
  static async powerOn(
    radio: EmulatedRadio,
    roles: readonly SegmentRole[],
    seed: number,
  ): Promise<WornBoards> {
    const kit = new TimedVirtualKit(roles, seed);
    const boards: EmulatedNano33[] = [];
    for (const [index, sensor] of kit.sensors.entries()) {
      const source: BoardRelay = {
        relay: (send) => void sensor.source.start(({ bytes }) => send(bytes)),
        stopRelay: () => void sensor.source.stop(),
      };
      const address = `C0:FF:EE:00:33:0${index + 1}`;
      boards.push(await EmulatedNano33.powerOn(radio, { address, name: `Thora-330${index + 1}`, source }));
    }
    kit.perform({ kind: 'lieOnTable' });
    return new WornBoards(kit, boards);
  }

  perform(action: VirtualAction): void {
    this.#kit.perform(action);
  }

  powerOff(): void {
    for (const board of this.boards) board.powerOff();
    this.#kit.dispose();
  }
}
