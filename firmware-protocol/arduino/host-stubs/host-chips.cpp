/* Register and FIFO models of the kit's motion chips, as their data sheets have them. */
#include <algorithm>
#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>

#include "host-script.h"
#include "host.h"
#include "mbed.h"

namespace host {

namespace {

BoardKind board = BoardKind::nano33Ble;
std::deque<Reading> feed;
Reading latest = {};
ChipHealth health = ChipHealth::alive;
uint64_t produced = 0;

/** The next reading, when the script has no more the last one again, with the restless last bit of a real chip. */
Reading next_reading() {
  if (!feed.empty()) {
    latest = feed.front();
    feed.pop_front();
  }
  Reading reading = latest;
  produced++;
  if (produced % 2 == 0) reading.gyro[0] = static_cast<int16_t>(reading.gyro[0] ^ 1);
  return reading;
}

/** A chip with registers that are stored and read back; the models add what their FIFO does. */
class Registers : public Chip {
 public:
  void point(uint8_t reg) override { at_ = reg; }
  void write(uint8_t value) override {
    written(at_, value);
    step();
  }
  uint8_t read() override {
    const uint8_t value = value_of(at_);
    step();
    return value;
  }

 protected:
  virtual void written(uint8_t reg, uint8_t value) { values[reg & 0x7f] = value; }
  virtual uint8_t value_of(uint8_t reg) { return values[reg & 0x7f]; }
  virtual void step() { at_++; }

  uint8_t values[128] = {};
  uint8_t at_ = 0;
};

uint8_t byte_of(const int16_t triple[3], unsigned at) {
  const uint16_t word = static_cast<uint16_t>(triple[at / 2]);
  return static_cast<uint8_t>(at % 2 == 0 ? word & 0xff : word >> 8);
}

/** Samples at a rate into a FIFO that forgets the oldest. */
class Fifo {
 public:
  explicit Fifo(size_t depth) : depth_(depth) {}
  void run(double rate_hz) {
    if (rate_hz == rate_hz_) return;
    rate_hz_ = rate_hz;
    next_us_ = rate_hz > 0 ? static_cast<double>(now_us()) + 1e6 / rate_hz : 0;
  }
  void clear() {
    held_.clear();
    overran_ = false;
  }
  void update() {
    while (rate_hz_ > 0 && next_us_ <= static_cast<double>(now_us())) {
      next_us_ += 1e6 / rate_hz_;
      if (health != ChipHealth::alive) continue;
      held_.push_back(next_reading());
      if (held_.size() > depth_) {
        held_.pop_front();
        overran_ = true;
      }
    }
  }
  size_t held() const { return held_.size(); }
  bool overran() const { return overran_; }
  const Reading &front() const {
    if (held_.empty()) fault("read an empty FIFO");
    return held_.front();
  }
  void pop() {
    if (held_.empty()) fault("read an empty FIFO");
    held_.pop_front();
    overran_ = false;
  }

 private:
  size_t depth_;
  double rate_hz_ = 0;
  double next_us_ = 0;
  std::deque<Reading> held_;
  bool overran_ = false;
};

/** A magnetometer that has a new reading so many times a second. */
class Field {
 public:
  bool fresh(double rate_hz) {
    if (health != ChipHealth::alive || rate_hz <= 0) return false;
    const uint64_t number = static_cast<uint64_t>(static_cast<double>(now_us()) * rate_hz / 1e6);
    return number > taken_;
  }
  void take(double rate_hz) { taken_ = static_cast<uint64_t>(static_cast<double>(now_us()) * rate_hz / 1e6); }

 private:
  uint64_t taken_ = 0;
};

/* ---- LSM9DS1 ---- */

class Lsm9ds1Motion : public Registers {
 public:
  uint8_t value_of(uint8_t reg) override {
    fifo_.update();
    if (reg == 0x0f) return 0x68;
    if (reg == 0x2f) return static_cast<uint8_t>(fifo_.held() | (fifo_.overran() ? 0x40 : 0));
    if (reg >= 0x18 && reg <= 0x1d) return byte_of(fifo_.front().gyro, reg - 0x18u);
    if (reg >= 0x28 && reg <= 0x2d) {
      const uint8_t value = byte_of(fifo_.front().acc, reg - 0x28u);
      if (reg == 0x2d) fifo_.pop();
      return value;
    }
    return Registers::value_of(reg);
  }
  void written(uint8_t reg, uint8_t value) override {
    fifo_.update();
    if (reg == 0x22 && (value & 0x01) != 0) {
      memset(values, 0, sizeof values);
      values[0x22] = 0x04;
      fifo_.clear();
    } else {
      Registers::written(reg, value);
    }
    if (reg == 0x2e && (value >> 5) == 0) fifo_.clear();
    fifo_.run(rate());
  }
  void step() override {
    if ((values[0x22] & 0x04) != 0) at_++;
  }

 private:
  double rate() const {
    static const double HZ[8] = {0, 14.9, 59.5, 119, 238, 476, 952, 0};
    const bool on = (values[0x23] & 0x02) != 0 && (values[0x2e] >> 5) == 6;
    if (!on) return 0;
    if ((values[0x10] & 0x18) != 0x18) fault("LSM9DS1: gyroscope not at 2000 deg/s");
    if ((values[0x20] & 0x18) != 0x18) fault("LSM9DS1: accelerometer not at 8 g");
    if (values[0x10] >> 5 != values[0x20] >> 5) fault("LSM9DS1: two rates in one FIFO");
    return HZ[values[0x10] >> 5];
  }
  Fifo fifo_{32};
};

class Lsm9ds1Field : public Registers {
 public:
  uint8_t value_of(uint8_t reg) override {
    reg &= 0x7f;
    if (reg == 0x0f) return 0x3d;
    if (reg == 0x27) return field_.fresh(rate()) ? 0x0f : 0x00;
    if (reg >= 0x28 && reg <= 0x2d) {
      if (reg == 0x2d) field_.take(rate());
      return byte_of(latest.mag, reg - 0x28u);
    }
    return Registers::value_of(reg);
  }
  /* The top bit of the address is what makes it count up. */
  void step() override {
    if ((at_ & 0x80) != 0) at_++;
  }

 private:
  double rate() const {
    static const double HZ[8] = {0.625, 1.25, 2.5, 5, 10, 20, 40, 80};
    return (values[0x22] & 0x03) == 0 ? HZ[(values[0x20] >> 2) & 0x07] : 0;
  }
  Field field_;
};

/* ---- BMI270 and BMM150 ---- */

constexpr int CROSS_FACTOR = -21;

class Bmi270 : public Registers {
 public:
  void begin() {
    memset(values, 0, sizeof values);
    values[0x41] = 0x01; /* the library's +-4 g */
    values[0x49] = 0x10;
    values[0x7c] = 0x03;
    begun_ = true;
    fifo_.clear();
    fifo_.run(0);
  }
  uint8_t value_of(uint8_t reg) override {
    fifo_.update();
    const size_t length = 12 * (fifo_.held() + fillers_);
    if (reg == 0x24) return static_cast<uint8_t>(length & 0xff);
    if (reg == 0x25) return static_cast<uint8_t>(length >> 8);
    if (reg == 0x3c && values[0x2f] == 0) return static_cast<uint8_t>(CROSS_FACTOR & 0x7f);
    if (reg == 0x26) return next_byte();
    return Registers::value_of(reg);
  }
  void written(uint8_t reg, uint8_t value) override {
    if (!begun_) fault("BMI270: used before its 8 kB were loaded");
    fifo_.update();
    Registers::written(reg, value);
    if (reg == 0x7e && value == 0xb0) {
      fifo_.clear();
      /* The sensors have no value yet: frames that are none, of both and of one of them. */
      fillers_ = 2;
    }
    fifo_.run(rate());
  }
  void point(uint8_t reg) override {
    if (byte_ != 0) fault("BMI270: a frame was read in part");
    Registers::point(reg);
  }
  void step() override {
    if (at_ != 0x26) at_++;
  }

 private:
  uint8_t next_byte() {
    if ((values[0x7c] & 0x01) != 0) fault("BMI270: FIFO read in power-saving mode");
    if (fillers_ > 0) {
      static const uint8_t BOTH[12] = {0x02, 0x7f, 0, 0x80, 0, 0x80, 0x01, 0x7f, 0, 0x80, 0, 0x80};
      const uint8_t value = fillers_ == 1 && byte_ >= 6 ? 0x11 : BOTH[byte_];
      if (++byte_ == 12) {
        byte_ = 0;
        fillers_--;
      }
      return value;
    }
    const Reading &reading = fifo_.front();
    if (byte_ == 0) {
      /* Turning about z leaks into x, as in a chip before its factory factor is applied. */
      memcpy(gyro_, reading.gyro, sizeof gyro_);
      gyro_[0] = static_cast<int16_t>(gyro_[0] + CROSS_FACTOR * gyro_[2] / 512);
    }
    const uint8_t value = byte_ < 6 ? byte_of(gyro_, byte_) : byte_of(reading.acc, byte_ - 6u);
    if (++byte_ == 12) {
      byte_ = 0;
      fifo_.pop();
    }
    return value;
  }
  double rate() const {
    if ((values[0x49] & 0xf0) != 0xc0) return 0;
    if (values[0x41] != 0x02) fault("BMI270: accelerometer not at 8 g");
    if ((values[0x43] & 0x07) != 0x00) fault("BMI270: gyroscope not at 2000 deg/s");
    if ((values[0x40] & 0x0f) != (values[0x42] & 0x0f)) fault("BMI270: two rates in one FIFO");
    return 100.0 * (1 << (values[0x40] & 0x0f)) / 256.0;
  }
  bool begun_ = false;
  unsigned byte_ = 0;
  unsigned fillers_ = 0;
  int16_t gyro_[3];
  Fifo fifo_{170};
};

class Bmm150 : public Registers {
 public:
  bool fresh() { return field_.fresh(rate()); }
  void take() { field_.take(rate()); }

 private:
  double rate() const {
    static const double HZ[8] = {10, 2, 6, 8, 15, 20, 25, 30};
    return HZ[(values[0x4c] >> 3) & 0x07];
  }
  Field field_;
};

/* ---- LSM6DS3TR-C ---- */

class Lsm6ds3 : public Registers {
 public:
  uint8_t value_of(uint8_t reg) override {
    fifo_.update();
    const unsigned words = static_cast<unsigned>(6 * fifo_.held()) - word_;
    if (reg == 0x0f) return 0x6a;
    if (reg == 0x3a) return static_cast<uint8_t>(words & 0xff);
    if (reg == 0x3b) return static_cast<uint8_t>((words >> 8) | (fifo_.overran() ? 0x40u : 0u) | (words == 0 ? 0x10u : 0u));
    if (reg == 0x3c) return static_cast<uint8_t>(word_);
    if (reg == 0x3d) return 0;
    if (reg == 0x3e || reg == 0x3f) return next_byte(reg);
    return Registers::value_of(reg);
  }
  void written(uint8_t reg, uint8_t value) override {
    fifo_.update();
    if (reg == 0x12 && (value & 0x01) != 0) {
      memset(values, 0, sizeof values);
      values[0x12] = 0x04;
    } else {
      Registers::written(reg, value);
    }
    if (reg == 0x0a && (value & 0x07) == 0) {
      fifo_.clear();
      word_ = 0;
    }
    fifo_.run(rate());
  }
  void step() override {
    if ((values[0x12] & 0x04) == 0) return;
    at_ = at_ == 0x3f ? 0x3e : static_cast<uint8_t>(at_ + 1);
  }
  /** One word of a pair lost, as after a transfer that was cut. */
  void lose_word() {
    fifo_.update();
    if (fifo_.held() > 1) word_ = 1;
  }

 private:
  uint8_t next_byte(uint8_t reg) {
    const Reading &reading = fifo_.front();
    const int16_t value = word_ < 3 ? reading.gyro[word_] : reading.acc[word_ - 3];
    if (reg == 0x3e) return static_cast<uint8_t>(value & 0xff);
    if (++word_ == 6) {
      word_ = 0;
      fifo_.pop();
    }
    return static_cast<uint8_t>(static_cast<uint16_t>(value) >> 8);
  }
  double rate() const {
    static const double HZ[8] = {0, 12.5, 26, 52, 104, 208, 416, 833};
    if ((values[0x0a] & 0x07) != 0x06) return 0;
    const unsigned acc = values[0x10] >> 4, gyro = values[0x11] >> 4, fifo = (values[0x0a] >> 3) & 0x0f;
    if (acc != gyro || acc != fifo || acc > 7) fault("LSM6DS3: two rates in one FIFO");
    if ((values[0x10] & 0x0c) != 0x0c) fault("LSM6DS3: accelerometer not at 8 g");
    if ((values[0x11] & 0x0e) != 0x0c) fault("LSM6DS3: gyroscope not at 2000 deg/s");
    if (values[0x08] != 0x09) fault("LSM6DS3: FIFO without one of its sensors");
    return HZ[acc];
  }
  Fifo fifo_{341};
  unsigned word_ = 0;
};

Lsm9ds1Motion lsm9ds1_motion;
Lsm9ds1Field lsm9ds1_field;
Bmi270 bmi270;
Bmm150 bmm150;
Lsm6ds3 lsm6ds3;

bool lsm6ds3_has_power() { return (host_p1.OUTSET & (1u << 8)) != 0 && (host_p1.PIN_CNF[8] & 0x301u) == 0x301u; }

}  // namespace

Chip *chip_at(uint8_t address) {
  if (health == ChipHealth::absent) return nullptr;
  switch (board) {
    case BoardKind::nano33Ble:
      if (address == 0x6b) return &lsm9ds1_motion;
      if (address == 0x1e) return &lsm9ds1_field;
      break;
    case BoardKind::nano33BleRev2:
      if (address == 0x68) return &bmi270;
      if (address == 0x10) return &bmm150;
      break;
    case BoardKind::xiaoNrf52840Sense:
      if (address == 0x6a && lsm6ds3_has_power()) return &lsm6ds3;
      break;
  }
  return nullptr;
}

bool bmi270_begin() {
  if (health == ChipHealth::absent) return false;
  /* 8 kB in small transfers. */
  advance(900000);
  bmi270.begin();
  return true;
}

bool bmm150_has_reading() { return bmm150.fresh(); }

bool bmm150_read(float &x, float &y, float &z) {
  x = latest.mag[0];
  y = latest.mag[1];
  z = latest.mag[2];
  bmm150.take();
  return true;
}

void add_reading(const Reading &reading) { feed.push_back(reading); }

void set_board(BoardKind kind) { board = kind; }

void set_chip_health(ChipHealth to) { health = to; }

void lose_word() { lsm6ds3.lose_word(); }

}  // namespace host
