import type { ThoraFilter } from './thora-filter.ts';

export class MagneticReference {
  readonly batchS: number;
  constructor(batchS: number) {
    this.batchS = batchS;
  }
  reset(): void {}
  observe(_filter: ThoraFilter, _timeS: number): void {}
}
