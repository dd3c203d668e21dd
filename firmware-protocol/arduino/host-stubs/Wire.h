/* Stand-in for the I2C bus: transfers reach the chips of host.h and take their time. */
#ifndef HOST_WIRE_H
#define HOST_WIRE_H

#include <cstddef>
#include <cstdint>
#include <vector>

class TwoWire {
 public:
  void begin() {}
  void setClock(uint32_t) {}
  void beginTransmission(uint8_t address);
  size_t write(uint8_t value);
  uint8_t endTransmission(bool stop = true);
  size_t requestFrom(uint8_t address, size_t count, bool stop = true);
  int read();

 private:
  uint8_t address_ = 0;
  std::vector<uint8_t> out_, in_;
  size_t next_ = 0;
};

extern TwoWire Wire1;

#endif
