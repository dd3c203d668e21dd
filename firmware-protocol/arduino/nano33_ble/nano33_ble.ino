/*
 * Thora kit firmware for the Arduino Nano 33 BLE and Nano 33 BLE Sense, first revision (LSM9DS1).
 * How to put it on a board: docs/flashing-guide.md. The protocol, axes and scales: firmware-protocol/SPEC.md.
 *
 * The chip's registers are used directly, not through Arduino_LSM9DS1, whose gyroscope scale is 12.8 % low and whose
 * FIFO mode does not keep gyroscope and accelerometer together. Register values from ST's data sheet DocID025715.
 */
#include <ThoraKit.h>

namespace {

/* Accelerometer and gyroscope */
constexpr uint8_t WHO_AM_I = 0x0f;
constexpr uint8_t CTRL_REG1_G = 0x10;
constexpr uint8_t OUT_X_G = 0x18;
constexpr uint8_t CTRL_REG6_XL = 0x20;
constexpr uint8_t CTRL_REG8 = 0x22;
constexpr uint8_t CTRL_REG9 = 0x23;
constexpr uint8_t OUT_X_XL = 0x28;
constexpr uint8_t FIFO_CTRL = 0x2e;
constexpr uint8_t FIFO_SRC = 0x2f;
/* Magnetometer; the top bit of an address makes it count up. */
constexpr uint8_t CTRL_REG1_M = 0x20;
constexpr uint8_t CTRL_REG2_M = 0x21;
constexpr uint8_t CTRL_REG3_M = 0x22;
constexpr uint8_t CTRL_REG5_M = 0x24;
constexpr uint8_t STATUS_REG_M = 0x27;
constexpr uint8_t OUT_X_M = 0x28 | 0x80;

class Lsm9ds1 : public ThoraChip {
 public:
  bool setUp(uint8_t rateIndex) override {
    /* 59.5, 119, 238 Hz */
    static const uint8_t RATE_BITS[THORA_RATE_COUNT] = {0x40, 0x60, 0x80};
    const uint8_t rate = RATE_BITS[rateIndex];
    Wire1.begin();
    Wire1.setClock(400000);
    motion_.write(CTRL_REG8, 0x05); /* software reset */
    field_.write(CTRL_REG2_M, 0x0c);
    delay(10);
    if (!motion_.is(WHO_AM_I, 0x68) || !field_.is(WHO_AM_I, 0x3d)) return false;
    return motion_.write(CTRL_REG8, 0x44)                 /* no half-new values, addresses count up */
           && motion_.write(CTRL_REG1_G, rate | 0x18 | 0x01) /* +-2000 deg/s, the wider filter */
           && motion_.write(CTRL_REG6_XL, rate | 0x18)       /* +-8 g */
           && motion_.write(CTRL_REG9, 0x02)                 /* FIFO on */
           && motion_.write(FIFO_CTRL, 0x00)                 /* emptied */
           && motion_.write(FIFO_CTRL, 0xc0)                 /* the newest 32 */
           && field_.write(CTRL_REG1_M, 0xb4)                /* temperature compensated, 20 Hz */
           && field_.write(CTRL_REG2_M, 0x00)                /* +-400 uT */
           && field_.write(CTRL_REG5_M, 0x40) && field_.write(CTRL_REG3_M, 0x00);
  }

  uint8_t drain(thora_raw_sample *out, uint8_t capacity, uint16_t &left, bool &lost) override {
    uint8_t source, bytes[6];
    if (!motion_.read(FIFO_SRC, &source, 1)) return 0;
    lost = (source & 0x40) != 0;
    const uint8_t held = source & 0x3f;
    uint8_t count = 0;
    for (; count < held && count < capacity; count++) {
      thora_raw_sample &sample = out[count];
      sample.has_mag = false;
      /* In this order: reading the accelerometer moves the FIFO on. */
      if (!motion_.read(OUT_X_G, bytes, 6)) break;
      thoraReadTriple(sample.gyro, bytes);
      if (!motion_.read(OUT_X_XL, bytes, 6)) break;
      thoraReadTriple(sample.acc, bytes);
    }
    left = held - count;
    if (count > 0) readField(out[count - 1]);
    return count;
  }

 private:
  void readField(thora_raw_sample &sample) {
    uint8_t status, bytes[6];
    if (!field_.read(STATUS_REG_M, &status, 1) || (status & 0x08) == 0 || !field_.read(OUT_X_M, bytes, 6)) return;
    thoraReadTriple(sample.mag, bytes);
    sample.has_mag = true;
  }

  ThoraRegisters motion_{Wire1, 0x6b};
  ThoraRegisters field_{Wire1, 0x1e};
};

Lsm9ds1 chip;
const ThoraKitBoard BOARD = {&THORA_NANO33_BLE_FACTS, &chip, LED_BUILTIN, HIGH, nullptr};

}  // namespace

void setup() { thoraKitBegin(BOARD); }

void loop() { thoraKitLoop(); }
