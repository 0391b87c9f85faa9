// SPDX-License-Identifier: MIT
// Runs programs on texts for tests/tools/check_regex.py ("run"). Input lines: "p groups words..." sets the pattern,
// "t width text..." the text, "m|f|s|a start end" matches, fullmatches, searches or finds all.
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/check.h"
#include "text/regex/characters.h"
#include "text/regex/match_state.h"
#include "text/text_buffer.h"

namespace viperine::regex {
namespace {

void print_match(const MatchState& state) {
  std::printf("%zu-%zu", state.match_start(), state.match_end());
  for (uint32_t group = 1; group <= state.group_count(); ++group) {
    size_t start, end;
    if (state.group_span(group, start, end)) {
      std::printf(" %zu-%zu", start, end);
    } else {
      std::printf(" none");
    }
  }
  std::printf(" last %lld;", static_cast<long long>(state.last_index()));
}

// Stops a match that takes too long, so that a wrong engine cannot hang the test.
bool count_down(void* context) { return --*static_cast<int*>(context) < 0; }

void run_query(const uint32_t* program, const TextView& text, char mode, size_t start, size_t end) {
  int polls = 500;
  MatchState state(program, text, start, end, {count_down, &polls});
  Outcome outcome;
  if (mode == 'a') {
    while ((outcome = state.search()) == Outcome::kMatch) {
      print_match(state);
      state.advance();
    }
  } else {
    outcome = mode == 's' ? state.search() : state.match(mode == 'f' ? Anchor::kFull : Anchor::kPrefix);
    if (outcome == Outcome::kMatch) print_match(state);
  }
  if (outcome == Outcome::kInterrupted) std::printf("interrupted");
  std::putchar('\n');
}

char* read_words(char* at, Words& out) {
  while (*at == ' ') out.append(static_cast<uint32_t>(std::strtoul(at + 1, &at, 10)));
  return at;
}

void run_lines() {
  static char line[1 << 20];
  Words program, numbers;
  bool valid = false;
  void* units = nullptr;
  TextView text;
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    numbers.clear();
    read_words(line + 1, numbers);
    if (line[0] == 'p') {
      // A copy of exactly the size, so that a sanitizer sees reads beyond it.
      size_t count = numbers.size() - 1;
      auto* code = static_cast<uint32_t*>(std::malloc(count * 4 + 4));
      std::memcpy(code, numbers.data() + 1, count * 4);
      valid = compile_program({code, count}, numbers[0], program);
      std::free(code);
      if (!valid) std::printf("invalid\n");
    } else if (line[0] == 't') {
      uint8_t width = static_cast<uint8_t>(numbers[0]);
      size_t length = numbers.size() - 1;
      std::free(units);
      units = std::malloc(length * width + 1);
      copy_text(units, width, TextView(numbers.data() + 1, length, 4));
      text = TextView(units, length, width);
    } else if (valid) {
      run_query(program.data(), text, line[0], numbers[0], numbers[1]);
    }
  }
  std::free(units);
}

void check_facts() {
  CHECK(unicode_is_cased(0xE4) && !unicode_is_cased('1') && get_lower('A', kFlagAscii) == 'a');
  Words program;
  const uint32_t bad[] = {16, 5, 17};
  CHECK(!compile_program(bad, 0, program) && !compile_program({}, 0, program));
  const uint32_t empty[] = {1};
  CHECK(compile_program(empty, 0, program));
  MatchState state(program.data(), TextView("abc"), 0, 3);
  for (size_t i = 0; i <= 3; ++i) {
    CHECK(state.search() == Outcome::kMatch && state.match_start() == i && state.match_end() == i);
    state.advance();
  }
  CHECK(state.search() == Outcome::kNoMatch);
}

}  // namespace
}  // namespace viperine::regex

int main(int count, char**) {
  if (count == 1) {
    viperine::regex::check_facts();
  } else {
    viperine::regex::run_lines();
  }
  return 0;
}
