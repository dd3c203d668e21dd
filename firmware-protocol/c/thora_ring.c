#include "thora_ring.h"

void thora_ring_clear(struct thora_ring *ring) {
  ring->first = 0;
  ring->count = 0;
}

static uint16_t place(const struct thora_ring *ring, uint16_t index) {
  return (uint16_t)((ring->first + index) % THORA_RING_SAMPLES);
}

static void forget_oldest(struct thora_ring *ring) {
  ring->first = place(ring, 1);
  ring->count--;
}

void thora_ring_push(struct thora_ring *ring, const struct thora_sample *sample) {
  ring->samples[place(ring, ring->count)] = *sample;
  ring->count++;
}

const struct thora_sample *thora_ring_at(const struct thora_ring *ring, uint16_t index) {
  return &ring->samples[place(ring, index)];
}

void thora_ring_forget_through(struct thora_ring *ring, uint32_t counter) {
  /* Counters wrap: older means less than half the circle behind. */
  while (ring->count > 0 && counter - thora_ring_at(ring, 0)->counter < 0x80000000u) forget_oldest(ring);
}
