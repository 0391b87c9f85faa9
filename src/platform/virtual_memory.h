// SPDX-License-Identifier: MIT
// Virtual memory: address ranges are reserved, committed, released to the operating system and unmapped here.
// Nothing of the heap's structure lives here. Sizes are rounded up to pages; failures are null or false, never an
// abort.
#pragma once

#include <cstddef>
#include <cstdint>

namespace viperine {

size_t page_size();
/// Addresses only: touching them faults until commit_memory. Null when the system refuses.
char* reserve_memory(size_t bytes);
/// Makes reserved memory readable and writable; it reads as zero. Start and end are widened to pages; repeating it does
/// no harm.
bool commit_memory(char* start, char* end);
/// Gives the whole pages between the two addresses back; they stay committed and read as zero. Returns the bytes given
/// back.
size_t release_memory(char* start, char* end);
/// The same, and what lies in partial pages at both ends is zeroed.
void release_and_zero(char* start, char* end);
/// Zeroes memory: by hand when it is little, by giving the pages back when it is more.
void clear_memory(char* start, char* end);
/// Readable, writable, zero. Null when the system refuses.
char* map_memory(size_t bytes);
/// Changes the size of a mapping, perhaps its address; null (and the old one unchanged) when the system refuses.
char* remap_memory(char* start, size_t old_bytes, size_t new_bytes);
/// Moves the pages of a mapping into a larger one elsewhere, without touching them; the old mapping stays and reads as
/// zero. Null (and nothing changed) when the system refuses.
char* move_pages(char* start, size_t old_bytes, size_t new_bytes);
void unmap_memory(char* start, size_t bytes);
/// Huge pages would make the resident size something that we cannot control.
void avoid_huge_pages(char* start, size_t bytes);

}  // namespace viperine
