/* Stand-in for Arduino_BMI270_BMM150 1.2.3: what the sketch uses of it, over the chips of host.h. */
#ifndef HOST_BMI270_BMM150_H
#define HOST_BMI270_BMM150_H

#include "host.h"

class HostImu {
 public:
  int begin() { return host::bmi270_begin() ? 1 : 0; }
  int magneticFieldAvailable() { return host::bmm150_has_reading() ? 1 : 0; }
  int readMagneticField(float &x, float &y, float &z) { return host::bmm150_read(x, y, z) ? 1 : 0; }
};

extern HostImu IMU;

#endif
