#include "thora_unit.h"

#include <string.h>

#define MICROS_PER_SECOND 1000000u
#define SILENT_AFTER_US 250000u
#define TRY_AGAIN_US 1000000u
/* A chip that lives is never this quiet: its noise moves the last bits of six axes at every sample. */
#define STUCK_AFTER_US 1000000u
#define LOOKED_AFTER_US 2000000u
#define BOARD_CHOOSES_SAMPLES 4u

static uint32_t since(uint32_t then_us, uint32_t now_us) { return now_us - then_us; }

static uint16_t counted(uint16_t count, uint32_t more) {
  return more > (uint32_t)(0xffffu - count) ? 0xffffu : (uint16_t)(count + more);
}

static uint16_t rate_centi_hz(const struct thora_unit *unit) { return unit->facts->rates_centi_hz[unit->rate_index]; }

static bool has_feature(const struct thora_unit *unit, uint8_t feature) {
  return (unit->facts->features & feature) != 0;
}

static void read_stored_calibration(struct thora_unit *unit) {
  uint8_t record[THORA_RECORD_BYTES];
  thora_no_calibration(&unit->calibration);
  if (unit->memory != NULL && unit->memory->load(record, sizeof record)) {
    switch (thora_read_record(record, unit->facts->board, unit->facts->axis_map, &unit->calibration)) {
      case THORA_RECORD_GOOD:
        unit->health.flags |= THORA_HEALTH_CALIBRATED;
        break;
      case THORA_RECORD_REFUSED:
        unit->health.flags |= THORA_HEALTH_CALIBRATION_REFUSED;
        break;
      case THORA_RECORD_NONE:
        break;
    }
  }
  unit->written = unit->calibration;
}

void thora_unit_begin(struct thora_unit *unit, const struct thora_board_facts *facts,
                       const struct thora_memory *memory, uint32_t unit_id, bool by_watchdog, uint32_t now_us) {
  memset(unit, 0, sizeof *unit);
  unit->facts = facts;
  unit->memory = memory;
  unit->unit_id = unit_id;
  unit->rate_index = THORA_DEFAULT_RATE_INDEX;
  unit->chip = THORA_CHIP_UNSET;
  unit->chip_looked_us = now_us;
  unit->configuration.rate_centi_hz = rate_centi_hz(unit);
  unit->configuration.has_magnetometer = has_feature(unit, THORA_FEATURE_MAGNETOMETER);
  unit->configuration.samples_per_packet = BOARD_CHOOSES_SAMPLES;
  if (by_watchdog) unit->health.flags |= THORA_HEALTH_WATCHDOG_RESTART;
  thora_sample_clock_begin(&unit->clock, rate_centi_hz(unit));
  read_stored_calibration(unit);
}

/* ---- The chip's side ---- */

static void chip_fell_silent(struct thora_unit *unit) {
  unit->chip = THORA_CHIP_SILENT;
  unit->health.flags |= THORA_HEALTH_CHIP_SILENT;
  thora_sample_clock_interrupt(&unit->clock);
}

bool thora_unit_chip_due(struct thora_unit *unit, uint8_t *rate_index, uint32_t now_us) {
  const bool again = unit->chip == THORA_CHIP_SILENT && since(unit->chip_tried_us, now_us) >= TRY_AGAIN_US;
  unit->chip_looked_us = now_us;
  *rate_index = unit->rate_index;
  if (unit->chip == THORA_CHIP_UNSET || again) return true;
  if (unit->chip == THORA_CHIP_RUNNING && since(unit->chip_heard_us, now_us) >= SILENT_AFTER_US) {
    chip_fell_silent(unit);
    return true;
  }
  return false;
}

void thora_unit_chip_was_set_up(struct thora_unit *unit, uint8_t rate_index, bool done, uint32_t now_us) {
  unit->chip_tried_us = now_us;
  unit->chip_heard_us = now_us;
  if (unit->chip == THORA_CHIP_SILENT && unit->health.chip_restarts < 255) unit->health.chip_restarts++;
  if (!done) {
    if (unit->chip != THORA_CHIP_SILENT) chip_fell_silent(unit);
    return;
  }
  /* Silent until it speaks: setting up a dead chip can look like success. And another rate may have been asked for. */
  if (unit->chip == THORA_CHIP_UNSET && rate_index == unit->rate_index) unit->chip = THORA_CHIP_RUNNING;
}

static bool same_values(const struct thora_raw_sample *a, const struct thora_raw_sample *b) {
  unsigned i;
  for (i = 0; i < 3; i++)
    if (a->gyro[i] != b->gyro[i] || a->acc[i] != b->acc[i]) return false;
  return true;
}

/* True when the samples say something new; a stuck chip repeats itself and is silent in effect. */
static bool is_new(struct thora_unit *unit, const struct thora_raw_sample *samples, uint8_t count) {
  const uint32_t stuck_at = (uint32_t)rate_centi_hz(unit) * (STUCK_AFTER_US / MICROS_PER_SECOND) / 100u;
  uint8_t i;
  for (i = 0; i < count; i++) {
    unit->repeats = same_values(&samples[i], &unit->latest) ? counted(unit->repeats, 1) : 0;
    unit->latest = samples[i];
  }
  return unit->repeats < stuck_at;
}

static void make_room(struct thora_unit *unit) {
  uint32_t oldest;
  if (unit->ring.count < THORA_RING_SAMPLES) return;
  oldest = thora_ring_at(&unit->ring, 0)->counter;
  thora_ring_forget_through(&unit->ring, oldest);
  if (unit->offered && unit->offered_through - oldest < 0x80000000u) {
    unit->overwritten_offered++;
  } else {
    unit->health.buffer_lost = counted(unit->health.buffer_lost, 1);
  }
}

static void keep(struct thora_unit *unit, const struct thora_raw_sample *raw, uint32_t time_us) {
  struct thora_sample sample;
  unsigned i;
  sample.counter = unit->next_counter++;
  sample.time_us = time_us;
  thora_to_board_counts(sample.counts, raw->gyro, &unit->facts->gyro, unit->calibration.rows[THORA_GYRO]);
  thora_to_board_counts(sample.counts + 3, raw->acc, &unit->facts->acc, unit->calibration.rows[THORA_ACC]);
  if (raw->has_mag) {
    thora_to_board_counts(sample.counts + 6, raw->mag, &unit->facts->mag, unit->calibration.rows[THORA_MAG]);
  } else {
    for (i = 6; i < 9; i++) sample.counts[i] = THORA_MISSING_COUNT;
  }
  make_room(unit);
  thora_ring_push(&unit->ring, &sample);
}

void thora_unit_take(struct thora_unit *unit, const struct thora_raw_sample *samples, uint8_t count, uint16_t left,
                     bool lost, uint32_t now_us) {
  uint32_t missing;
  uint8_t i;
  /* What the chip still holds of another rate, or from before it was set up, is not of this stream. */
  if (count == 0 || unit->chip == THORA_CHIP_UNSET) return;
  if (!is_new(unit, samples, count)) {
    if (unit->chip == THORA_CHIP_RUNNING) {
      unit->chip_tried_us = now_us - TRY_AGAIN_US;
      chip_fell_silent(unit);
    }
    return;
  }
  unit->chip = THORA_CHIP_RUNNING;
  unit->health.flags &= (uint8_t)~THORA_HEALTH_CHIP_SILENT;
  unit->chip_heard_us = now_us;
  missing = thora_sample_clock_take(&unit->clock, count, left, lost, now_us);
  if (!unit->streaming) return;
  unit->next_counter += missing;
  unit->health.chip_lost = counted(unit->health.chip_lost, missing);
  for (i = 0; i < count; i++)
    keep(unit, &samples[i], thora_sample_clock_time(&unit->clock, (uint16_t)(count - 1u - i)));
}

/* ---- Commands ---- */

static uint8_t nearest_rate(const struct thora_unit *unit, uint16_t wanted_centi_hz) {
  uint8_t best = 0, i;
  for (i = 1; i < THORA_RATE_COUNT; i++) {
    const uint32_t middle = ((uint32_t)unit->facts->rates_centi_hz[best] + unit->facts->rates_centi_hz[i]) / 2u;
    if (wanted_centi_hz > middle) best = i;
  }
  return best;
}

static void configure(struct thora_unit *unit, const struct thora_configuration *wanted) {
  struct thora_configuration *now = &unit->configuration;
  const uint8_t index = nearest_rate(unit, wanted->rate_centi_hz);
  uint8_t most;
  if (index != unit->rate_index) {
    unit->rate_index = index;
    if (unit->chip == THORA_CHIP_RUNNING) unit->chip = THORA_CHIP_UNSET;
    thora_sample_clock_begin(&unit->clock, rate_centi_hz(unit));
  }
  now->rate_centi_hz = rate_centi_hz(unit);
  now->single_sample = wanted->single_sample;
  now->has_magnetometer = wanted->has_magnetometer && has_feature(unit, THORA_FEATURE_MAGNETOMETER);
  most = thora_block_capacity(THORA_LONGEST_PACKET_BYTES + 3u, now->has_magnetometer);
  now->samples_per_packet = wanted->samples_per_packet == 0 ? BOARD_CHOOSES_SAMPLES : wanted->samples_per_packet;
  if (now->samples_per_packet > most) now->samples_per_packet = most;
  if (now->single_sample) now->samples_per_packet = 1;
}

static void stop(struct thora_unit *unit) {
  unit->streaming = false;
  unit->offered = false;
  thora_ring_clear(&unit->ring);
}

static void start(struct thora_unit *unit) {
  stop(unit);
  unit->streaming = true;
  unit->next_counter = 0;
  unit->sequence = 0;
  unit->health.buffer_lost = 0;
  unit->health.chip_lost = 0;
  unit->health.radio_refusals = 0;
}

static uint8_t store_calibration(struct thora_unit *unit) {
  uint8_t record[THORA_RECORD_BYTES], back[THORA_RECORD_BYTES];
  unsigned i;
  thora_write_record(record, &unit->written, unit->facts->board, unit->facts->axis_map);
  if (unit->memory == NULL || !unit->memory->store(record, sizeof record) ||
      !unit->memory->load(back, sizeof back))
    return THORA_STATUS_STORAGE_FAULT;
  for (i = 0; i < sizeof record; i++)
    if (record[i] != back[i]) return THORA_STATUS_STORAGE_FAULT;
  unit->calibration = unit->written;
  unit->health.flags |= THORA_HEALTH_CALIBRATED;
  unit->health.flags &= (uint8_t)~THORA_HEALTH_CALIBRATION_REFUSED;
  return THORA_STATUS_OK;
}

/* Fills the reply; returns the status, and *faulty_byte with it. */
static uint8_t obey(struct thora_unit *unit, const struct thora_command *command, struct thora_reply *reply,
                    uint8_t *faulty_byte, uint32_t now_us) {
  *faulty_byte = 1;
  switch (command->opcode) {
    case THORA_HELLO:
      reply->firmware_major = THORA_FIRMWARE_MAJOR;
      reply->firmware_minor = THORA_FIRMWARE_MINOR;
      reply->firmware_patch = THORA_FIRMWARE_PATCH;
      reply->board = unit->facts->board;
      reply->features = unit->facts->features;
      reply->mtu = 0;
      reply->native_rate_centi_hz = rate_centi_hz(unit);
      reply->unit_id = unit->unit_id;
      return THORA_STATUS_OK;
    case THORA_CONFIGURE:
      if (unit->streaming) return THORA_STATUS_NOT_NOW;
      configure(unit, &command->configuration);
      reply->configuration = unit->configuration;
      return THORA_STATUS_OK;
    case THORA_START:
      if (unit->streaming) return THORA_STATUS_OK;
      if (unit->chip == THORA_CHIP_SILENT) return THORA_STATUS_SENSOR_FAULT;
      start(unit);
      return THORA_STATUS_OK;
    case THORA_STOP:
      stop(unit);
      return THORA_STATUS_OK;
    case THORA_CLOCK_ECHO:
      reply->token = command->token;
      reply->received_us = now_us;
      return THORA_STATUS_OK;
    case THORA_IDENTIFY:
      unit->identifying = command->duration_s > 0;
      unit->identify_began_us = now_us;
      unit->identify_us = command->duration_s * MICROS_PER_SECOND;
      return THORA_STATUS_OK;
    case THORA_BATTERY:
      reply->battery_percent = thora_battery_percent(&unit->battery);
      reply->battery_millivolts = thora_battery_millivolts(&unit->battery);
      return THORA_STATUS_OK;
    case THORA_HEALTH:
      reply->health = unit->health;
      return THORA_STATUS_OK;
    case THORA_READ_CALIBRATION:
      reply->calibration = unit->calibration.rows[command->calibration.sensor][command->calibration.row];
      return THORA_STATUS_OK;
    case THORA_WRITE_CALIBRATION:
      unit->written.rows[command->calibration.sensor][command->calibration.row] = command->calibration;
      return THORA_STATUS_OK;
    case THORA_STORE_CALIBRATION:
      if (unit->streaming) return THORA_STATUS_NOT_NOW;
      if (command->crc != thora_calibration_crc(&unit->written)) {
        *faulty_byte = 3;
        return THORA_STATUS_BAD_ARGUMENT;
      }
      return store_calibration(unit);
    default:
      return THORA_STATUS_UNKNOWN_COMMAND;
  }
}

void thora_unit_command(struct thora_unit *unit, const uint8_t *bytes, size_t size, uint32_t now_us) {
  static const struct thora_reply nothing = {0};
  struct thora_command command;
  struct thora_reply *reply;
  if (unit->reply_count == THORA_REPLY_ROOM) return;
  reply = &unit->replies[(unit->first_reply + unit->reply_count) % THORA_REPLY_ROOM];
  *reply = nothing;
  reply->status = (uint8_t)thora_read_command(bytes, size, &command, &reply->faulty_byte);
  reply->opcode = command.opcode;
  reply->reference = command.reference;
  if (reply->status == THORA_STATUS_OK) reply->status = obey(unit, &command, reply, &reply->faulty_byte, now_us);
  unit->reply_count++;
}

size_t thora_unit_next_reply(struct thora_unit *unit, uint8_t out[THORA_MAX_CONTROL_BYTES], uint32_t now_us) {
  struct thora_reply *reply = &unit->replies[unit->first_reply];
  if (unit->reply_count == 0) return 0;
  unit->first_reply = (uint8_t)((unit->first_reply + 1u) % THORA_REPLY_ROOM);
  unit->reply_count--;
  reply->sent_us = now_us;
  return thora_write_reply(out, THORA_MAX_CONTROL_BYTES, reply);
}

/* ---- Packets ---- */

/* How many samples the next packet takes: as many as configured, fewer where a gap ends it, 0 while they gather. */
static uint8_t packet_samples(const struct thora_unit *unit) {
  const struct thora_ring *ring = &unit->ring;
  const uint8_t wanted = unit->configuration.samples_per_packet;
  uint8_t n;
  if (ring->count == 0) return 0;
  for (n = 1; n < wanted && n < ring->count; n++)
    if (thora_ring_at(ring, n)->counter != thora_ring_at(ring, 0)->counter + n) return n;
  return n == wanted ? n : 0;
}

size_t thora_unit_next_packet(struct thora_unit *unit, uint8_t out[THORA_LONGEST_PACKET_BYTES]) {
  struct thora_sample_header header;
  int16_t counts[9 * THORA_MAX_SAMPLES_PER_PACKET];
  const struct thora_sample *oldest;
  const uint8_t count = packet_samples(unit);
  uint8_t n;
  unsigned i;
  if (!unit->streaming || count == 0) return 0;
  oldest = thora_ring_at(&unit->ring, 0);
  header.single = unit->configuration.single_sample;
  header.has_magnetometer = unit->configuration.has_magnetometer;
  header.sequence = header.single ? (uint16_t)oldest->counter : unit->sequence;
  header.rate_centi_hz = unit->configuration.rate_centi_hz;
  header.device_time_us = oldest->time_us;
  header.sample_counter = oldest->counter;
  header.count = count;
  for (n = 0; n < count; n++)
    for (i = 0; i < 9; i++) counts[9u * n + i] = thora_ring_at(&unit->ring, n)->counts[i];
  unit->offered = true;
  unit->overwritten_offered = 0;
  unit->offered_through = oldest->counter + count - 1u;
  return thora_write_sample_packet(out, THORA_LONGEST_PACKET_BYTES, &header, counts);
}

void thora_unit_packet_was_offered(struct thora_unit *unit, bool taken) {
  /* A stop or a start while the radio was busy has made the packet one of another stream. */
  if (!unit->offered) return;
  unit->offered = false;
  if (taken) {
    unit->sequence++;
    thora_ring_forget_through(&unit->ring, unit->offered_through);
  } else {
    unit->health.radio_refusals = counted(unit->health.radio_refusals, 1);
    unit->health.buffer_lost = counted(unit->health.buffer_lost, unit->overwritten_offered);
  }
}

void thora_unit_disconnected(struct thora_unit *unit) {
  stop(unit);
  unit->identifying = false;
  unit->reply_count = 0;
  unit->written = unit->calibration;
}

/* ---- Beside ---- */

static bool flashes(uint32_t now_us, uint32_t period_us, uint32_t on_us) { return now_us % period_us < on_us; }

bool thora_unit_light(struct thora_unit *unit, bool connected, uint32_t now_us) {
  const uint32_t identify_age_us = since(unit->identify_began_us, now_us);
  /* Ended for good, for ages wrap. */
  if (identify_age_us >= unit->identify_us) unit->identifying = false;
  if (unit->identifying) return flashes(identify_age_us, 200000, 100000);
  if (unit->chip == THORA_CHIP_SILENT) return now_us % 2000000u < 600000u && flashes(now_us, 200000, 100000);
  if (unit->streaming) return flashes(now_us, 4000000, 50000);
  return connected ? flashes(now_us, 1000000, 500000) : flashes(now_us, 2000000, 50000);
}

bool thora_unit_alive(const struct thora_unit *unit, uint32_t now_us) {
  return since(unit->chip_looked_us, now_us) < LOOKED_AFTER_US;
}
