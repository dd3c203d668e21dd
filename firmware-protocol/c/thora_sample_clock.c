#include "thora_sample_clock.h"

#define WINDOW_SAMPLES 256u
/* A measured period further than an eighth from the nominal one is a stall, not a clock. */
#define PERIOD_TOLERANCE 8u
/* Share of the lag taken over at each look: smooths the jitter of looking. */
#define LAG_SHARE 16u
/* Later than this many periods without a sample: some are missing, whatever the chip says. */
#define LATE_PERIODS 8u

static void begin_window(struct thora_sample_clock *clock, uint64_t at_q8) {
  clock->window_q8 = at_q8;
  clock->window_count = 0;
}

void thora_sample_clock_begin(struct thora_sample_clock *clock, uint16_t rate_centi_hz) {
  static const struct thora_sample_clock nothing = {0};
  *clock = nothing;
  clock->nominal_q8 = (uint32_t)(25600000000u / rate_centi_hz);
  clock->period_q8 = clock->nominal_q8;
}

void thora_sample_clock_interrupt(struct thora_sample_clock *clock) { clock->window_count = WINDOW_SAMPLES; }

static void measure(struct thora_sample_clock *clock, uint16_t count, uint64_t found_q8) {
  uint32_t period_q8;
  clock->window_count = (uint16_t)(clock->window_count + count);
  if (clock->window_count < WINDOW_SAMPLES) return;
  period_q8 = (uint32_t)((found_q8 - clock->window_q8) / clock->window_count);
  begin_window(clock, found_q8);
  if (period_q8 < clock->nominal_q8 - clock->nominal_q8 / PERIOD_TOLERANCE ||
      period_q8 > clock->nominal_q8 + clock->nominal_q8 / PERIOD_TOLERANCE)
    return;
  clock->period_q8 = clock->measured ? (3u * clock->period_q8 + period_q8) / 4u : period_q8;
  clock->measured = true;
}

uint32_t thora_sample_clock_take(struct thora_sample_clock *clock, uint16_t count, uint16_t left, bool lost,
                                 uint32_t now_us) {
  uint64_t found_q8, expected_q8, lag_q8;
  clock->now_us += (uint32_t)(now_us - (uint32_t)clock->now_us);
  /* The newest of these was there when those that are left were still to come. */
  found_q8 = (clock->now_us << 8) - (uint64_t)left * clock->period_q8;
  if (!clock->running) {
    clock->running = true;
    clock->newest_q8 = found_q8;
    begin_window(clock, found_q8);
    return 0;
  }
  if (found_q8 < clock->newest_q8) found_q8 = clock->newest_q8;
  /* An interruption has filled the window, so that nothing is measured across it. */
  if (clock->window_count >= WINDOW_SAMPLES) lost = true;
  expected_q8 = clock->newest_q8 + (uint64_t)count * clock->period_q8;
  lag_q8 = found_q8 > expected_q8 ? found_q8 - expected_q8 : 0;
  if (lag_q8 > (uint64_t)LATE_PERIODS * clock->period_q8) lost = true;
  if (lost) {
    /* Whole periods: the grid of the samples goes on as if none were missing. */
    const uint64_t missing = (lag_q8 + clock->period_q8 / 2u) / clock->period_q8;
    clock->newest_q8 = expected_q8 + missing * clock->period_q8;
    if (clock->newest_q8 > found_q8) clock->newest_q8 = found_q8;
    begin_window(clock, found_q8);
    return (uint32_t)missing;
  }
  clock->newest_q8 = lag_q8 == 0 ? found_q8 : expected_q8 + lag_q8 / LAG_SHARE;
  measure(clock, count, found_q8);
  return 0;
}

uint32_t thora_sample_clock_time(const struct thora_sample_clock *clock, uint16_t before) {
  return (uint32_t)((clock->newest_q8 - (uint64_t)before * clock->period_q8) >> 8);
}
