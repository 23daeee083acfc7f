# vanthu: two commands do everything on a bare Debian machine.
#
#   make demo     from nothing to issued, numbered, archived, found PDFs
#   make check    from nothing to a green test run
#
# B names the build folder, SAN=1 builds with the sanitizers.

SHELL := /bin/bash
CC ?= gcc
B ?= build$(if $(SAN),/san)
ROOMS := base fonts gen records cli

WARN := -Wall -Wextra -Wshadow -Wconversion -Werror
OPT ?= -O2 -g
STD := -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -ffp-contract=off
PKGS := libxml-2.0 icu-uc icu-i18n sqlite3 libcrypto jansson libdeflate zlib
SANFLAGS := $(if $(SAN),-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
HARDEN := -fstack-protector-strong $(if $(SAN),,-D_FORTIFY_SOURCE=2)
# asked for only when something is compiled: `deps` must run before it
PKGCFLAGS = $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKGLIBS = $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lhpdf -lm
CFLAGS_ALL = $(STD) $(OPT) $(WARN) $(HARDEN) $(SANFLAGS) -I. $(PKGCFLAGS) $(CFLAGS)

ARCHIVES := $(foreach r,$(filter-out cli,$(ROOMS)),$(if $(wildcard $(r)/*.c),$(B)/lib$(r).a))
# the order in which a room may use others, last first
LINK = $(foreach r,records gen fonts base,$(if $(wildcard $(r)/*.c),$(B)/lib$(r).a))

.PHONY: all clean
all: $(B)/vanthu

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

define room
$(B)/lib$(1).a: $(patsubst %.c,$(B)/%.o,$(wildcard $(1)/*.c))
	@rm -f $$@
	ar rcs $$@ $$^
endef
$(foreach r,$(filter-out cli,$(ROOMS)),$(eval $(call room,$(r))))

$(B)/vanthu: $(patsubst %.c,$(B)/%.o,$(wildcard cli/*.c)) $(ARCHIVES)
	$(CC) $(CFLAGS_ALL) -o $@ $(filter %.o,$^) $(LINK) $(PKGLIBS) $(LDFLAGS)

# one test program per tests/<room>/test_*.c, with cmocka
TESTS := $(patsubst %.c,$(B)/%,$(wildcard tests/*/test_*.c))
$(B)/tests/%: $(B)/tests/%.o $(ARCHIVES)
	$(CC) $(CFLAGS_ALL) -o $@ $< $(LINK) $(PKGLIBS) -lcmocka $(LDFLAGS)

.PHONY: tests unit
tests: $(TESTS)
unit: tests
	@set -e; for t in $(TESTS); do echo "== $$t"; $$t; done

clean:
	rm -rf build

-include $(shell find $(B) -name '*.d' 2>/dev/null)
