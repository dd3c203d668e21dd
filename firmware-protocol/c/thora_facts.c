#include "thora_facts.h"

/* 70 mdeg/s a count, where the protocol's count is 2000/32768 deg/s: 1.14688. The same fault that leaves readings of
 * Arduino_LSM9DS1 1.1.1 12.8 % low is mended by starting from raw counts. */
#define GYRO_70_MDPS_Q16 75162u
/* 0.244 mg a count at +-8 g, where the protocol's is 8/32768 g: 0.999424. */
#define ACC_0_244_MG_Q16 65498u
/* 0.014 uT a count at +-400 uT, where the protocol's is 0.0625 uT: 0.224. */
#define MAG_0_014_UT_Q16 14680u
#define UNCHANGED_Q16 65536u
/* Whole uT, as the BMM150's driver gives them. */
#define MAG_1_UT_Q16 (16u * 65536u)

/* LSM9DS1: x of the accelerometer and gyroscope points against the other two axes' right hand. */
const struct thora_board_facts THORA_NANO33_BLE_FACTS = {
    THORA_BOARD_NANO33_BLE,
    1,
    THORA_FEATURE_MAGNETOMETER | THORA_FEATURE_LIGHT,
    {5950, 11900, 23800},
    {{-1, 2, 3}, GYRO_70_MDPS_Q16},
    {{-1, 2, 3}, ACC_0_244_MG_Q16},
    {{1, 2, 3}, MAG_0_014_UT_Q16},
};

/* BMI270 and BMM150, raw: the library's own remap is left-handed and is not used. */
const struct thora_board_facts THORA_NANO33_BLE_REV2_FACTS = {
    THORA_BOARD_NANO33_BLE_REV2,
    1,
    THORA_FEATURE_MAGNETOMETER | THORA_FEATURE_LIGHT,
    {5000, 10000, 20000},
    {{2, -1, 3}, UNCHANGED_Q16},
    {{2, -1, 3}, UNCHANGED_Q16},
    {{2, 1, 3}, MAG_1_UT_Q16},
};

/* LSM6DS3TR-C; no magnetometer. */
const struct thora_board_facts THORA_XIAO_NRF52840_SENSE_FACTS = {
    THORA_BOARD_XIAO_NRF52840_SENSE,
    1,
    THORA_FEATURE_BATTERY | THORA_FEATURE_LIGHT,
    {5200, 10400, 20800},
    {{1, 2, 3}, GYRO_70_MDPS_Q16},
    {{1, 2, 3}, ACC_0_244_MG_Q16},
    {{1, 2, 3}, UNCHANGED_Q16},
};
