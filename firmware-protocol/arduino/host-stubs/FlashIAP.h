/* Stand-in for the flash memory: one page, which behaves as flash does (erased to ones, writing only clears bits). */
#ifndef HOST_FLASH_IAP_H
#define HOST_FLASH_IAP_H

#include <cstdint>
#include <cstring>

#include "host.h"

#define FLASHIAP_APP_ROM_END_ADDR 0x70000u

namespace mbed {

class FlashIAP {
 public:
  int init() { return 0; }
  int deinit() { return 0; }
  uint32_t get_sector_size(uint32_t) { return host::FLASH_PAGE_BYTES; }
  int read(void *bytes, uint32_t address, uint32_t size) {
    uint8_t *page = host::flash_page(address, size);
    if (page == nullptr) return -1;
    memcpy(bytes, page, size);
    return 0;
  }
  int erase(uint32_t address, uint32_t size) {
    uint8_t *page = host::flash_page(address, size);
    if (page == nullptr || size != host::FLASH_PAGE_BYTES) return -1;
    memset(page, 0xff, size);
    host::advance(85000);
    return 0;
  }
  int program(const void *bytes, uint32_t address, uint32_t size) {
    uint8_t *page = host::flash_page(address, size);
    if (page == nullptr || size % 4 != 0) return -1;
    for (uint32_t i = 0; i < size; i++) page[i] &= static_cast<const uint8_t *>(bytes)[i];
    return 0;
  }
};

}  // namespace mbed

#endif
