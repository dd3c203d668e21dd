/*
 * Thora kit firmware for the Seeed Studio XIAO nRF52840 Sense (LSM6DS3TR-C; no magnetometer), with Seeed's mbed core.
 * How to put it on a board: docs/flashing-guide.md. The protocol, axes and scales: firmware-protocol/SPEC.md.
 *
 * The chip's registers are used directly: Seeed's library reads each axis in a transfer of its own, so that the three may
 * be of different samples. Register values from ST's data sheet of the LSM6DS3TR-C.
 */
#include <ThoraKit.h>
#include <mbed.h>

namespace {

constexpr uint8_t FIFO_CTRL3 = 0x08;
constexpr uint8_t FIFO_CTRL4 = 0x09;
constexpr uint8_t FIFO_CTRL5 = 0x0a;
constexpr uint8_t WHO_AM_I = 0x0f;
constexpr uint8_t CTRL1_XL = 0x10;
constexpr uint8_t CTRL2_G = 0x11;
constexpr uint8_t CTRL3_C = 0x12;
constexpr uint8_t FIFO_STATUS1 = 0x3a;
constexpr uint8_t FIFO_DATA_OUT = 0x3e;

constexpr uint8_t WORDS_A_PAIR = 6;
constexpr uint8_t PAIR_BYTES = 12;
/* Within what one transfer of the Wire library carries. */
constexpr uint8_t PAIRS_A_READ = 8;

class Lsm6ds3 : public ThoraChip {
 public:
  bool setUp(uint8_t rateIndex) override {
    /* 52, 104, 208 Hz */
    static const uint8_t RATES[THORA_RATE_COUNT] = {3, 4, 5};
    const uint8_t rate = RATES[rateIndex];
    /* The chip's supply hangs on a pin (P1.08), which must give more than a usual output can. */
    NRF_P1->PIN_CNF[8] = (GPIO_PIN_CNF_DIR_Output << GPIO_PIN_CNF_DIR_Pos) |
                         (GPIO_PIN_CNF_INPUT_Disconnect << GPIO_PIN_CNF_INPUT_Pos) |
                         (GPIO_PIN_CNF_DRIVE_H0H1 << GPIO_PIN_CNF_DRIVE_Pos);
    /* Off and on: a chip that hangs begins anew. */
    NRF_P1->OUTCLR = 1u << 8;
    delay(10);
    NRF_P1->OUTSET = 1u << 8;
    delay(20);
    Wire1.begin();
    Wire1.setClock(400000);
    if (!motion_.is(WHO_AM_I, 0x6a) || !motion_.write(CTRL3_C, 0x01)) return false; /* software reset */
    delay(10);
    return motion_.write(CTRL3_C, 0x44)              /* no half-new values, addresses count up */
           && motion_.write(CTRL1_XL, rate << 4 | 0x0c) /* +-8 g */
           && motion_.write(CTRL2_G, rate << 4 | 0x0c)  /* +-2000 deg/s */
           && motion_.write(FIFO_CTRL3, 0x09)           /* every gyroscope and accelerometer sample */
           && motion_.write(FIFO_CTRL4, 0x00) && motion_.write(FIFO_CTRL5, 0x00) /* emptied */
           && motion_.write(FIFO_CTRL5, rate << 3 | 0x06);                       /* the newest */
  }

  uint8_t drain(thora_raw_sample *out, uint8_t capacity, uint16_t &left, bool &lost) override {
    uint8_t status[4], bytes[PAIRS_A_READ * PAIR_BYTES];
    if (!motion_.read(FIFO_STATUS1, status, 4)) return 0;
    uint16_t words = status[0] | ((status[1] & 0x07) << 8);
    const uint16_t next = status[2] | ((status[3] & 0x03) << 8);
    lost = (status[1] & 0x40) != 0;
    /* What comes next must be a gyroscope's x: the rest of a broken pair is read away. */
    if (next > 0 && next < WORDS_A_PAIR) {
      const uint8_t rest = WORDS_A_PAIR - next;
      if (words < rest || !motion_.read(FIFO_DATA_OUT, bytes, 2 * rest)) return 0;
      words -= rest;
      lost = true;
    }
    const uint16_t held = words / WORDS_A_PAIR;
    const uint8_t wanted = held < capacity ? held : capacity;
    uint8_t count = 0;
    while (count < wanted) {
      const uint8_t pairs = wanted - count < PAIRS_A_READ ? wanted - count : PAIRS_A_READ;
      if (!motion_.read(FIFO_DATA_OUT, bytes, pairs * PAIR_BYTES)) break;
      for (uint8_t i = 0; i < pairs; i++, count++) {
        out[count].has_mag = false;
        thoraReadTriple(out[count].gyro, bytes + i * PAIR_BYTES);
        thoraReadTriple(out[count].acc, bytes + i * PAIR_BYTES + 6);
      }
    }
    left = held - count;
    return count;
  }

 private:
  ThoraRegisters motion_{Wire1, 0x6a};
};

/* The cell is measured through 1 MOhm over 510 kOhm. P0.14 stays low: high, it would put the cell's whole voltage on P0.31. */
uint16_t readMillivolts() {
  const uint32_t pinMillivolts = static_cast<uint32_t>(analogRead(P0_31)) * 3300u / 4096u;
  return static_cast<uint16_t>(pinMillivolts * (1000u + 510u) / 510u);
}

Lsm6ds3 chip;
const ThoraKitBoard BOARD = {&THORA_XIAO_NRF52840_SENSE_FACTS, &chip, LED_BUILTIN, LOW, readMillivolts};

}  // namespace

void setup() {
  pinMode(P0_14, OUTPUT);
  digitalWrite(P0_14, LOW);
  analogReadResolution(12);
  thoraKitBegin(BOARD);
}

void loop() { thoraKitLoop(); }
