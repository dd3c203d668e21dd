/*
 * A board of the kit, all but its chips and its radio: what comes from the chip, what is asked over the radio, what is
 * sent. Portable C99, integers only, no allocation, nothing waits. One struct holds everything; calls must not overlap,
 * so a sketch that samples in a thread of its own holds a lock around each of them, never around the radio or the bus.
 *
 * Times are the board's microseconds since boot, modulo 2^32.
 */
#ifndef THORA_UNIT_H
#define THORA_UNIT_H

#include "thora_battery.h"
#include "thora_facts.h"
#include "thora_ring.h"
#include "thora_sample_clock.h"

#ifdef __cplusplus
extern "C" {
#endif

#define THORA_FIRMWARE_MAJOR 1u
#define THORA_FIRMWARE_MINOR 0u
#define THORA_FIRMWARE_PATCH 0u

/* Replies that wait for the radio; a command that finds no room is not obeyed and not answered. */
#define THORA_REPLY_ROOM 8u
/* Longest packet: what the smallest controller of the kit carries in one notification (ATT MTU 247). */
#define THORA_LONGEST_PACKET_BYTES 244u

/* What the chip measured at one instant: gyroscope and accelerometer belong together. */
struct thora_raw_sample {
  int16_t gyro[3];
  int16_t acc[3];
  int16_t mag[3];
  bool has_mag; /* a new reading of the magnetometer since the sample before */
};

/* Memory that survives power-off. Both return false when it could not be done. */
struct thora_memory {
  bool (*load)(uint8_t *bytes, uint16_t size);
  bool (*store)(const uint8_t *bytes, uint16_t size);
};

enum thora_chip_state { THORA_CHIP_UNSET, THORA_CHIP_RUNNING, THORA_CHIP_SILENT };

struct thora_unit {
  const struct thora_board_facts *facts;
  const struct thora_memory *memory;
  uint32_t unit_id;
  /* chip */
  enum thora_chip_state chip;
  uint8_t rate_index;
  uint32_t chip_tried_us;  /* last set-up */
  uint32_t chip_heard_us;  /* last new sample */
  uint32_t chip_looked_us; /* last time that anyone asked whether there is something to set up */
  struct thora_raw_sample latest;
  uint16_t repeats;
  struct thora_sample_clock clock;
  /* stream */
  struct thora_configuration configuration;
  bool streaming;
  uint32_t next_counter;
  uint16_t sequence;
  bool offered;
  uint32_t offered_through;      /* counter of the last sample in the packet that was offered */
  uint16_t overwritten_offered; /* samples of that packet that the buffer gave up meanwhile: lost if it is not taken */
  struct thora_ring ring;
  /* commands */
  struct thora_reply replies[THORA_REPLY_ROOM];
  uint8_t first_reply, reply_count;
  bool identifying;
  uint32_t identify_began_us, identify_us;
  /* what is kept, and how the board fares */
  struct thora_calibration calibration, written;
  struct thora_battery battery;
  struct thora_health health;
};

/* Power-on. Reads the stored calibration; without memory (NULL) there is none. */
void thora_unit_begin(struct thora_unit *unit, const struct thora_board_facts *facts,
                       const struct thora_memory *memory, uint32_t unit_id, bool by_watchdog, uint32_t now_us);

/* ---- The chip's side ---- */

/*
 * Asked often, and before each look into the FIFO. True when the chip must be set up now, at *rate_index: at power-on,
 * after a change of rate, and again every second while it is silent (no sample for a quarter of a second, or the same
 * values for a second, or an earlier attempt that failed).
 */
bool thora_unit_chip_due(struct thora_unit *unit, uint8_t *rate_index, uint32_t now_us);

/* How setting it up at that rate went. */
void thora_unit_chip_was_set_up(struct thora_unit *unit, uint8_t rate_index, bool done, uint32_t now_us);

/*
 * `count` (1 to 255) samples from the chip, oldest first, found there at `now_us`. `left`: how many more it still holds.
 * `lost`: it says that it overwrote some before these.
 */
void thora_unit_take(struct thora_unit *unit, const struct thora_raw_sample *samples, uint8_t count, uint16_t left,
                     bool lost, uint32_t now_us);

/* ---- The radio's side ---- */

/* What was written to the command characteristic. Any bytes will do; each write is answered or, without room, ignored. */
void thora_unit_command(struct thora_unit *unit, const uint8_t *bytes, size_t size, uint32_t now_us);

/* The next reply, and forgets it; 0 when there is none. `now_us` is what a clock echo states as sent. */
size_t thora_unit_next_reply(struct thora_unit *unit, uint8_t out[THORA_MAX_CONTROL_BYTES], uint32_t now_us);

/* The next packet that is full or that a gap ends; 0 when there is none. The same one again until it is sent. */
size_t thora_unit_next_packet(struct thora_unit *unit, uint8_t out[THORA_LONGEST_PACKET_BYTES]);

/* Whether the radio took the packet that was offered last. */
void thora_unit_packet_was_offered(struct thora_unit *unit, bool taken);

/* The link fell, or the page left: streaming and the light end, unstored calibration rows are forgotten. */
void thora_unit_disconnected(struct thora_unit *unit);

/* ---- Beside ---- */

/* Whether the light is on: see SPEC.md for what it says. */
bool thora_unit_light(struct thora_unit *unit, bool connected, uint32_t now_us);

/* Whether the watchdog may be fed: the chip has been looked after within the last two seconds. */
bool thora_unit_alive(const struct thora_unit *unit, uint32_t now_us);

#ifdef __cplusplus
}
#endif

#endif
