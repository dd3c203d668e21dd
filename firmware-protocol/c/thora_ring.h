/*
 * Samples on their way from the chip to the radio. Fixed size, never waits: whoever pushes into a full one must forget
 * the oldest first, so that what is sent is recent. The counter that every sample carries shows how many are missing.
 */
#ifndef THORA_RING_H
#define THORA_RING_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* 256 samples: 2.5 s at 104 Hz, 7 kB. A power of two. */
#define THORA_RING_SAMPLES 256u

struct thora_sample {
  uint32_t counter; /* samples since start before this one */
  uint32_t time_us;
  int16_t counts[9];
};

struct thora_ring {
  struct thora_sample samples[THORA_RING_SAMPLES];
  uint16_t first;
  uint16_t count;
};

void thora_ring_clear(struct thora_ring *ring);

/* Only while ring->count is below THORA_RING_SAMPLES. */
void thora_ring_push(struct thora_ring *ring, const struct thora_sample *sample);

/* The sample at `index` from the oldest; `index` below ring->count. */
const struct thora_sample *thora_ring_at(const struct thora_ring *ring, uint16_t index);

/* Forgets every sample up to and including this counter; those that were overwritten meanwhile are gone already. */
void thora_ring_forget_through(struct thora_ring *ring, uint32_t counter);

#ifdef __cplusplus
}
#endif

#endif
