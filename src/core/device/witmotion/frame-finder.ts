export const FRAME_BYTES = 20;
export const FRAME_HEAD = 0x55;
export const MOTION_FRAME = 0x61;
export const REGISTER_FRAME = 0x71;

const SKIP = 0;
const FRAME = 1;
const TAIL = 2;

/** Per byte that is explained: a whole frame says more than the beginning of one. */
const FRAME_BYTE_SCORE = 4;
const TAIL_BYTE_SCORE = 3;

/**
 * Cuts a byte stream without checksum or length into frames. The head of a frame may occur inside data too, so the
 * cut is taken that explains most of the bytes at hand; between equals, frames that begin or end with a notification.
 */
export class FrameFinder {
  private readonly score: Int32Array;
  private readonly step: Uint8Array;

  constructor(capacity: number) {
    this.score = new Int32Array(capacity + 1);
    this.step = new Uint8Array(capacity + 1);
  }

  /**
   * Considers `bytes[0..size)`, of which those before `fresh` came with earlier notifications; then `isFrameAt` and
   * `isTailAt` tell, for each place on the way from 0, what begins there.
   */
  consider(bytes: Uint8Array, size: number, fresh: number): void {
    const { score, step } = this;
    score[size] = 0;
    for (let i = size - 1; i >= 0; i--) {
      score[i] = score[i + 1];
      step[i] = SKIP;
      if (!isHead(bytes, i, size)) continue;
      const end = i + FRAME_BYTES;
      if (end > size) {
        const value = TAIL_BYTE_SCORE * (size - i);
        if (value >= score[i]) {
          score[i] = value;
          step[i] = TAIL;
        }
        continue;
      }
      // Made of two notifications and followed by something else: more likely two halves of different frames.
      if (i < fresh && end > fresh && end < size && !isHead(bytes, end, size)) continue;
      const value =
        FRAME_BYTE_SCORE * FRAME_BYTES + (i === fresh ? 1 : 0) + (end === size ? 1 : 0) + score[end];
      if (value >= score[i]) {
        score[i] = value;
        step[i] = FRAME;
      }
    }
  }

  isFrameAt(place: number): boolean {
    return this.step[place] === FRAME;
  }

  /** The beginning of a frame whose rest has yet to come. */
  isTailAt(place: number): boolean {
    return this.step[place] === TAIL;
  }
}

function isHead(bytes: Uint8Array, i: number, size: number): boolean {
  if (bytes[i] !== FRAME_HEAD) return false;
  return i + 1 === size || bytes[i + 1] === MOTION_FRAME || bytes[i + 1] === REGISTER_FRAME;
}
