# vanthu - two commands do everything on a bare Debian machine:
#
#   make demo     from nothing to issued, numbered, archived, found PDFs
#   make check    from nothing to a green test run
#
# and, once built:
#
#   make          build/vanthu
#   make gallery  every type of document, and a sheet of them: build/gallery/index.html
#   make bench    what a document costs: instructions, CPU time, bytes
#   make fuzz     every fuzzer for FUZZ_SECONDS (default 60)
#   make soak     the crash runs, long
#   make install  into PREFIX (default /usr/local)
#
# B names the build folder; SAN=1 builds with the sanitizers; V=1 shows commands.

SHELL := /bin/bash
CC ?= gcc
SAN ?=
B ?= $(if $(SAN),build/san,build)
PREFIX ?= /usr/local
DESTDIR ?=
FUZZ_SECONDS ?= 60
ROOMS := base fonts gen records
LINK_ORDER := records gen fonts base

WARN := -Wall -Wextra -Wshadow -Wconversion -Werror
OPT ?= $(if $(SAN),-O1 -g,-O2 -g)
STD := -std=c11 -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -ffp-contract=off
PKGS := libxml-2.0 icu-uc icu-i18n sqlite3 nettle jansson libdeflate zlib libpng libjpeg
SANITIZE := $(if $(SAN),-fsanitize=address -fsanitize=undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
HARDEN := -fstack-protector-strong $(if $(SAN),,-D_FORTIFY_SOURCE=2)
# Asked for once, and when something is compiled: `deps` must have run before.
# libpq is opened when it is wanted (records/postgres_lib.c): its header, not its library.
PKGCFLAGS = $(eval PKGCFLAGS := $$(shell pkg-config --cflags $(PKGS) libpq))$(PKGCFLAGS)
PKGLIBS = $(eval PKGLIBS := $$(SOUGHT_FIRST) $$(call INSIDE,$$(shell pkg-config --libs $(PKGS))) -lhpdf -lm)$(PKGLIBS)
# A cold start is loading libraries, a third of it.  The loader looks for ICU's three thousand
# names of C++ in this order; and what only hashes and deflates, reading no one's input, stands
# in the program itself.
SOUGHT_FIRST := -Wl,--push-state,--no-as-needed -l:libstdc++.so.6 -lc -Wl,--pop-state
INSIDE = $(patsubst -lnettle,-l:libnettle.a,$(patsubst -ldeflate,-l:libdeflate.a,$(1)))
Q := $(if $(V),,@)
say = $(if $(V),@:,@printf '  %-4s %s\n')
COMPILE = $(CC) $(STD) $(OPT) $(WARN) $(HARDEN) $(SANITIZE) -I. $(PKGCFLAGS) $(CFLAGS)

sources = $(wildcard $(1)/*.c)
# Tables as .sql files, made into C (records/schema/embed.sh).
SCHEMAS := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard records/schema/*/*.sql)))))
made_records := $(SCHEMAS:%=$(B)/records/schema_%.o)
objects = $(patsubst %.c,$(B)/%.o,$(call sources,$(1))) $(made_$(1))
ARCHIVES := $(foreach r,$(LINK_ORDER),$(if $(call sources,$(r)),$(B)/lib$(r).a))

.PHONY: all
all: $(B)/vanthu

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(say) CC $<
	$(Q)$(COMPILE) -MMD -MP -c $< -o $@

define schema
$(B)/records/schema_$(1).c: records/schema/embed.sh $(sort $(wildcard records/schema/$(1)/*.sql))
	@mkdir -p $$(@D)
	$(Q)records/schema/embed.sh vt_$(1)_schema $$(filter %.sql,$$^) >$$@.new && mv $$@.new $$@
endef
$(foreach s,$(SCHEMAS),$(eval $(call schema,$(s))))
$(B)/records/schema_%.o: $(B)/records/schema_%.c
	$(say) CC $<
	$(Q)$(COMPILE) -MMD -MP -c $< -o $@

define room
$(B)/lib$(1).a: $(call objects,$(1))
	@rm -f $$@
	$(Q)ar rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room,$(r))))

$(B)/vanthu: $(call objects,cli) $(ARCHIVES)
	$(say) LINK $@
	$(Q)$(COMPILE) -o $@ $(filter %.o,$^) $(ARCHIVES) $(PKGLIBS) $(LDFLAGS)

# ------------------------------------------------------------------- tests --

# One test program per tests/ROOM/test_*.c (cmocka); tools the scripts use are
# tests/tools/*.c; shims that make the system fail are tests/shim/*.c.
TESTS := $(patsubst %.c,$(B)/%,$(wildcard tests/*/test_*.c))
TOOLS := $(patsubst %.c,$(B)/%,$(wildcard tests/tools/*.c))
SHIMS := $(patsubst %.c,$(B)/%.so,$(wildcard tests/shim/*.c))

# (libcrypto: the verifier hashes by another library than the program)
$(B)/tests/tools/issue_bench: $(B)/cli/ahead.o $(B)/cli/issuing.o
$(B)/tests/tools/%: $(B)/tests/tools/%.o $(ARCHIVES)
	$(say) LINK $@
	$(Q)$(COMPILE) -o $@ $(filter %.o,$^) $(ARCHIVES) $(PKGLIBS) -lcrypto $(LDFLAGS)
# A fuzzer's target with libFuzzer, or with a main that replays files.
FUZZERS := $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_ENGINE ?= $(B)/tests/fuzz/replay.o
$(B)/tests/fuzz/fuzz_%: $(B)/tests/fuzz/fuzz_%.o $(filter %.o,$(FUZZ_ENGINE)) $(ARCHIVES)
	$(say) LINK $@
	$(Q)$(COMPILE) -o $@ $< $(FUZZ_ENGINE) $(ARCHIVES) $(PKGLIBS) $(LDFLAGS)
$(B)/tests/shim/%.so: tests/shim/%.c
	@mkdir -p $(@D)
	$(say) SHIM $@
	$(Q)$(CC) $(STD) -D_GNU_SOURCE $(WARN) -O2 -fPIC -shared -o $@ $< -ldl
$(B)/tests/%: $(B)/tests/%.o $(ARCHIVES)
	$(say) LINK $@
	$(Q)$(COMPILE) -o $@ $< $(ARCHIVES) $(PKGLIBS) -lpq -lcmocka $(LDFLAGS)

.PHONY: tests archives check lint deps deps-run deps-test
tests: $(TESTS) $(TOOLS) $(SHIMS) $(if $(SAN),$(FUZZERS))
archives: $(ARCHIVES)

deps-run:
	@tests/tools/deps.sh run
deps deps-test:
	@tests/tools/deps.sh run test

check: deps-test
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory all tests
	@$(MAKE) --no-print-directory SAN=1 all tests
	@tests/run.sh

lint:
	@tests/tools/lint.sh

# -------------------------------------------------------- demo, bench, soak --

.PHONY: demo gallery bench fuzz soak
demo: deps-run
	@$(MAKE) --no-print-directory -s all
	@tests/demo.sh $(B)/vanthu

gallery: deps-run
	@$(MAKE) --no-print-directory -s all
	@tests/gallery/gallery.sh $(B)/vanthu build/gallery

bench: deps-test
	@$(MAKE) --no-print-directory -s all $(B)/tests/tools/bench $(B)/tests/tools/issue_bench $(B)/tests/tools/make_archive \
		$(B)/tests/tools/search_bench
	@tests/bench.sh $(B)

fuzz: deps-test
	@tests/fuzz.sh $(FUZZ_SECONDS)

soak: deps-test
	@$(MAKE) --no-print-directory -s all tests
	@SOAK=1 tests/run.sh crash

# ----------------------------------------------------------------- install --

.PHONY: install clean
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/vanthu
	install -m 755 $(B)/vanthu $(DESTDIR)$(PREFIX)/bin/vanthu
	install -m 644 docs/vanthu.1 $(DESTDIR)$(PREFIX)/share/man/man1/vanthu.1
	cp -R templates $(DESTDIR)$(PREFIX)/share/vanthu/

clean:
	rm -rf build demo

-include $(shell find $(B) -name '*.d' 2>/dev/null)
