/*
 * When each sample was taken, for chips whose FIFO keeps no time. The board looks at the FIFO often; a sample is there
 * soon after it was taken and never before. The period is measured over many samples, and the time of the newest one
 * follows the moments at which it was found without their jitter. Integers only.
 */
#ifndef THORA_SAMPLE_CLOCK_H
#define THORA_SAMPLE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct thora_sample_clock {
  uint32_t nominal_q8; /* us x 256 */
  uint32_t period_q8;
  bool running;
  bool measured;
  uint64_t newest_q8; /* of the newest sample, on the widened clock */
  uint64_t now_us;    /* the microsecond counter, widened past 2^32 */
  uint64_t window_q8; /* when the samples that are being counted began */
  uint16_t window_count;
};

/* Before the first sample, and whenever the chip was set up at another rate. */
void thora_sample_clock_begin(struct thora_sample_clock *clock, uint16_t rate_centi_hz);

/* The chip fell silent: the next samples begin a new stretch; how many are missing is told by the time. */
void thora_sample_clock_interrupt(struct thora_sample_clock *clock);

/*
 * `count` (at least 1) samples were found at `now_us`, and `left` newer ones are still in the chip. `lost` is set when the
 * chip says that it overwrote some. Returns how many samples are missing before them; 0 in the ordinary case and before
 * the first sample.
 */
uint32_t thora_sample_clock_take(struct thora_sample_clock *clock, uint16_t count, uint16_t left, bool lost,
                                 uint32_t now_us);

/* Time of the sample `before` samples before the newest, us modulo 2^32. */
uint32_t thora_sample_clock_time(const struct thora_sample_clock *clock, uint16_t before);

#ifdef __cplusplus
}
#endif

#endif
