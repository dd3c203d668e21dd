/*
 * Thora kit firmware for the Arduino Nano 33 BLE Rev2 and Nano 33 BLE Sense Rev2 (BMI270 and BMM150).
 * How to put it on a board: docs/flashing-guide.md. The protocol, axes and scales: firmware-protocol/SPEC.md.
 *
 * The library Arduino_BMI270_BMM150 1.2.3 (LGPL 2.1, Bosch's drivers in it BSD 3-clause) is used for what cannot be done
 * without it: the 8 kB that the BMI270 must be given at start, and the BMM150's factory trim. Samples are read from the
 * BMI270's FIFO directly, before the library mirrors the axes. Register values from Bosch's data sheet BST-BMI270-DS000.
 */
#include <Arduino_BMI270_BMM150.h>
#include <ThoraKit.h>

namespace {

constexpr uint8_t FIFO_LENGTH = 0x24;
constexpr uint8_t FIFO_DATA = 0x26;
constexpr uint8_t FEATURE_PAGE = 0x2f;
constexpr uint8_t GYR_CAS = 0x3c;
constexpr uint8_t ACC_CONF = 0x40;
constexpr uint8_t ACC_RANGE = 0x41;
constexpr uint8_t GYR_CONF = 0x42;
constexpr uint8_t GYR_RANGE = 0x43;
constexpr uint8_t FIFO_DOWNS = 0x45;
constexpr uint8_t FIFO_CONFIG_0 = 0x48;
constexpr uint8_t FIFO_CONFIG_1 = 0x49;
constexpr uint8_t PWR_CONF = 0x7c;
constexpr uint8_t CMD = 0x7e;
/* BMM150 */
constexpr uint8_t MAG_OP_MODE = 0x4c;
constexpr uint8_t MAG_REP_XY = 0x51;
constexpr uint8_t MAG_REP_Z = 0x52;

constexpr uint8_t FRAME_BYTES = 12;
/* Within what one transfer of the Wire library carries. */
constexpr uint8_t FRAMES_A_READ = 8;
/* 2048 bytes hold 170 frames; then the oldest are overwritten. */
constexpr uint16_t FRAMES_WHEN_FULL = 169;
/* The driver's word for "out of range" is far below any field. */
constexpr float LEAST_MICRO_TESLA = -4000;

class Bmi270AndBmm150 : public ThoraChip {
 public:
  bool setUp(uint8_t rateIndex) override {
    /* 50, 100, 200 Hz */
    static const uint8_t RATE_BITS[THORA_RATE_COUNT] = {0x07, 0x08, 0x09};
    const uint8_t rate = RATE_BITS[rateIndex];
    uint8_t factor;
    if (!IMU.begin()) return false;
    Wire1.setClock(400000);
    /* No power saving: registers and FIFO can then be used at any time. */
    if (!motion_.write(PWR_CONF, 0x02)) return false;
    delay(1);
    if (!motion_.write(FEATURE_PAGE, 0) || !motion_.read(GYR_CAS, &factor, 1)) return false;
    /* Seven bits with a sign. */
    xFromZ_ = static_cast<int8_t>((factor & 0x40) != 0 ? (factor & 0x7f) - 128 : factor & 0x7f);
    return motion_.write(ACC_CONF, 0xa0 | rate)    /* continuous filter */
           && motion_.write(ACC_RANGE, 0x02)       /* +-8 g */
           && motion_.write(GYR_CONF, 0xe0 | rate) /* the same, low noise */
           && motion_.write(GYR_RANGE, 0x00)       /* +-2000 deg/s */
           && motion_.write(FIFO_DOWNS, 0x88)      /* filtered, every sample */
           && motion_.write(FIFO_CONFIG_0, 0x00)   /* the newest */
           && motion_.write(FIFO_CONFIG_1, 0xc0)   /* gyroscope and accelerometer, no headers */
           && field_.write(MAG_REP_XY, 0x04) && field_.write(MAG_REP_Z, 0x0e) /* regular preset */
           && field_.write(MAG_OP_MODE, 0x28)                                 /* 20 Hz */
           && motion_.write(CMD, 0xb0);                                       /* FIFO emptied */
  }

  uint8_t drain(thora_raw_sample *out, uint8_t capacity, uint16_t &left, bool &lost) override {
    uint8_t length[2], bytes[FRAMES_A_READ * FRAME_BYTES];
    if (!motion_.read(FIFO_LENGTH, length, 2)) return 0;
    const uint16_t held = (length[0] | ((length[1] & 0x3f) << 8)) / FRAME_BYTES;
    lost = held >= FRAMES_WHEN_FULL;
    const uint8_t wanted = held < capacity ? held : capacity;
    uint8_t read = 0;
    uint8_t count = 0;
    while (read < wanted) {
      const uint8_t frames = wanted - read < FRAMES_A_READ ? wanted - read : FRAMES_A_READ;
      if (!motion_.read(FIFO_DATA, bytes, frames * FRAME_BYTES)) break;
      for (uint8_t i = 0; i < frames; i++) {
        const uint8_t *frame = bytes + i * FRAME_BYTES;
        if (!isFiller(frame)) take(out[count++], frame);
      }
      read += frames;
    }
    left = held - read;
    if (count > 0) readField(out[count - 1]);
    return count;
  }

 private:
  /** What the FIFO holds for a sensor that has no value yet: a mark in place of x, and the least number for y and z. */
  static bool isFiller(const uint8_t *frame) {
    return (frame[0] == 0x02 && frame[1] == 0x7f && isLeast(frame + 2) && isLeast(frame + 4)) ||
           (frame[6] == 0x01 && frame[7] == 0x7f && isLeast(frame + 8) && isLeast(frame + 10));
  }

  static bool isLeast(const uint8_t *word) { return word[0] == 0x00 && word[1] == 0x80; }

  void take(thora_raw_sample &sample, const uint8_t *frame) {
    sample.has_mag = false;
    thoraReadTriple(sample.gyro, frame);
    thoraReadTriple(sample.acc, frame + 6);
    /* What turning about z leaks into x, by the chip's own factory factor. */
    const int32_t x = sample.gyro[0] - static_cast<int32_t>(xFromZ_) * sample.gyro[2] / 512;
    sample.gyro[0] = static_cast<int16_t>(x > 32767 ? 32767 : x < -32767 ? -32767 : x);
  }

  void readField(thora_raw_sample &sample) {
    float x, y, z;
    if (!IMU.magneticFieldAvailable() || !IMU.readMagneticField(x, y, z)) return;
    if (x < LEAST_MICRO_TESLA || y < LEAST_MICRO_TESLA || z < LEAST_MICRO_TESLA) return;
    sample.mag[0] = static_cast<int16_t>(x);
    sample.mag[1] = static_cast<int16_t>(y);
    sample.mag[2] = static_cast<int16_t>(z);
    sample.has_mag = true;
  }

  ThoraRegisters motion_{Wire1, 0x68};
  ThoraRegisters field_{Wire1, 0x10};
  int8_t xFromZ_ = 0;
};

Bmi270AndBmm150 chip;
const ThoraKitBoard BOARD = {&THORA_NANO33_BLE_REV2_FACTS, &chip, LED_BUILTIN, HIGH, nullptr};

}  // namespace

void setup() { thoraKitBegin(BOARD); }

void loop() { thoraKitLoop(); }
