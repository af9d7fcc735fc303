# duban: make, make check, make demo, make install; CONTRIBUTING.md says more
VERSION := 0.1.0
SOVERSION := 0
VARIANT ?= release
PREFIX ?= /usr/local
ifeq ($(origin CC),default)
CC := gcc
endif
PKG_CONFIG ?= pkg-config
OBJCOPY ?= objcopy
INSTALL ?= install
CFLAGS ?= -g

# where Debian has libraries: below /usr in the folder of the architecture
libdir ?= $(PREFIX)/lib$(if $(filter /usr,$(PREFIX)),$(addprefix /,$(shell $(CC) -print-multiarch)))
out := build/$(VARIANT)-$(notdir $(CC))
share := $(out)/share/duban

# a library, and the Debian package that brings it; those without a .pc file by a header
modules := yaml-0.1:libyaml-dev libpcre2-8:libpcre2-dev libutf8proc:libutf8proc-dev nettle:nettle-dev
# xlsxwriter.pc asks for zlib, its package does not
modules += xlsxwriter:libxlsxwriter-dev zlib:zlib1g-dev libzip:libzip-dev expat:libexpat1-dev
headers := csv.h:libcsv-dev unictype.h:libunistring-dev
tools := msgfmt:gettext
test_modules := cmocka:libcmocka-dev
test_tools := bats:bats mandoc:mandoc git:git jq:jq zip:zip unzip:unzip ssh-keygen:openssh-client
lint_tools := clang-format:clang-format msgfmt:gettext

first = $(firstword $(subst :, ,$(1)))
last = $(lastword $(subst :, ,$(1)))
names := $(foreach m,$(modules),$(call first,$(m)))

# what is known without looking is looked at all the same (lib/cli/import_rows.c)
doubt := -DDUBAN_DOUBT
flags_release := -O2
flags_debug := -O0 -g3 -Werror $(doubt)
flags_san := -O1 -g -Werror $(doubt) -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
flags_tsan := -O1 -g -Werror $(doubt) -fsanitize=thread
flags_cov := -O0 -g --coverage
flags_fuzz := -O1 -g -Werror -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
warnings := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla
cflags = -std=c11 -D_GNU_SOURCE -DDUBAN_VERSION='"$(VERSION)"' -DDUBAN_PREFIX='"$(PREFIX)"' -Ilib -fPIC \
	-fvisibility=hidden -pthread $(warnings) $(flags_$(VARIANT)) \
	$(module_cflags) $(CFLAGS) $(CPPFLAGS)
# --as-needed: a library that a program does not use would cost it half a millisecond at every start
ldflags = -pthread -Wl,--as-needed $(filter -fsanitize=% --coverage,$(flags_$(VARIANT))) $(LDFLAGS)
libs = $(module_libs) -lcsv $(public_libs)
# asked once, when the first object needs them: before that they may have to be installed
module_cflags = $(eval module_cflags := $(shell $(PKG_CONFIG) --cflags $(names)))$(module_cflags)
module_libs = $(eval module_libs := $(shell $(PKG_CONFIG) --libs $(names)))$(module_libs)
cmocka_libs = $(eval cmocka_libs := $(shell $(PKG_CONFIG) --libs cmocka))$(cmocka_libs)

lib_sources := $(wildcard lib/*.c lib/*/*.c)
commands := $(patsubst cmd/%.c,%,$(wildcard cmd/*.c))
unit_tests := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
fuzz_programs := $(patsubst tests/fuzz/fuzz_%.c,$(out)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
preload := $(out)/fault/preload.so
bench_programs := $(patsubst tests/bench/%.c,$(out)/bench/%,$(wildcard tests/bench/*.c))
schemas := $(wildcard schemas/*.yaml)
pages := $(wildcard man/*.[1-8])
objects := $(lib_sources:%.c=$(out)/%.o)
# commands link all rooms; other programs get the validation library
rooms := $(out)/rooms.a
public := $(patsubst %.c,$(out)/%.o,$(wildcard lib/*.c lib/base/*.c lib/yaml/*.c lib/schema/*.c))
archive := $(out)/libduban.a
shared := $(out)/libduban.so.$(VERSION)
public_modules := yaml-0.1 libpcre2-8 libutf8proc
public_libs := -lunistring
programs := $(commands:%=$(out)/bin/%)
# written in sh; they run the others
scripts := $(out)/bin/duban-sync
languages := $(patsubst lib/po/%.po,%,$(wildcard lib/po/*.po))
catalogues := $(languages:%=$(out)/share/locale/%/LC_MESSAGES/duban.mo)

all: $(programs) $(scripts) $(archive) $(shared) $(catalogues) $(share)/schemas $(share)/plans

# names what is missing with the one command that brings it; `make demo` and `make check` run that command
# when they may (root on a system with apt-get)
MISSING ?= $(if $(filter demo check check-all bench,$(MAKECMDGOALS)),install,tell)
define need
@missing=; for p in $(foreach m,$(1),$(call first,$(m))@$(call last,$(m))); do \
	$(PKG_CONFIG) --exists $${p%@*} 2>/dev/null || missing="$$missing $${p#*@}"; done; \
command -v $(CC) >/dev/null || missing="$$missing $(notdir $(CC)) libc6-dev"; \
for p in $(foreach h,$(2),$(call first,$(h))@$(call last,$(h))); do \
	echo "#include <$${p%@*}>" | $(CC) -E -x c - >/dev/null 2>&1 || missing="$$missing $${p#*@}"; done; \
for p in $(foreach t,$(3),$(call first,$(t))@$(call last,$(t))); do \
	command -v $${p%@*} >/dev/null || missing="$$missing $${p#*@}"; done; \
command -v $(PKG_CONFIG) >/dev/null || missing="$$missing pkg-config"; \
missing=$$(echo $$missing | tr ' ' '\n' | sort -u | xargs); \
test -z "$$missing" && exit 0; install="apt-get install -y $$missing"; \
if [ $(MISSING) = install ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	echo "$$install"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$install >/dev/null; \
else echo "missing: $$missing"; echo "install with: $$install"; exit 1; fi >&2
endef

# one command brings all that the goals need
tested := $(filter check check-all check-suite,$(MAKECMDGOALS))
$(out)/.needs: Makefile
	$(call need,$(modules) $(if $(tested),$(test_modules)),$(headers),$(tools) $(if $(tested),$(test_tools)))
	@mkdir -p $(@D) && touch $@

$(out)/.test-needs: $(out)/.needs
	$(call need,$(test_modules),,$(test_tools))
	@touch $@

# a line for each step; V=1 shows the commands
say = $(if $(V),,@echo '  $(1)';)

$(out)/%.o: %.c $(out)/.needs
	@mkdir -p $(@D)
	$(call say,CC $<)$(CC) $(cflags) -MMD -MP -c $< -o $@
$(unit_tests:%=$(out)/tests/unit/%.o): $(out)/.test-needs

# the two that know where they are installed
$(out)/lib/cli/cli.o $(out)/lib/cli/schemas.o: $(out)/.prefix
$(out)/.prefix: FORCE
	@mkdir -p $(@D); echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' >$@

$(rooms): $(objects)
$(archive): $(out)/duban.o
$(rooms) $(archive):
	$(call say,AR $@)rm -f $@ && $(AR) rcs $@ $^

# one object, so that what is hidden in the shared library is so in the archive too; of -flto gcc would
# make no object yet, and a program's linker would see all names
rel_flags = $(if $(filter -flto%,$(CFLAGS)),-flinker-output=nolto-rel)
$(out)/duban.o: $(public)
	$(call say,LD $@)$(CC) $(CFLAGS) -r -nostdlib $(rel_flags) $^ -o $@ && $(OBJCOPY) --localize-hidden $@

$(shared): $(public)
	$(call say,LD $@)$(CC) -shared -Wl,-soname,libduban.so.$(SOVERSION) $(ldflags) $(public) $(libs) -o $@
	@ln -sf $(@F) $(out)/libduban.so.$(SOVERSION) && ln -sf libduban.so.$(SOVERSION) $(out)/libduban.so

$(out)/bin/%: $(out)/cmd/%.o $(rooms)
	@mkdir -p $(@D)
	$(call say,LD $@)$(CC) $(ldflags) $< $(rooms) $(libs) -o $@

$(scripts): examples/sync/duban-sync
	@mkdir -p $(@D) && ln -sfn "$(CURDIR)/$<" $@

$(out)/unit/%: $(out)/tests/unit/%.o $(rooms)
	@mkdir -p $(@D)
	$(call say,LD $@)$(CC) $(ldflags) $< $(rooms) $(libs) $(cmocka_libs) -o $@

# libFuzzer is the main of a target; elsewhere a small one that replays files
fuzz_main := $(if $(filter fuzz,$(VARIANT)),-fsanitize=fuzzer,$(out)/tests/fuzz/replay.o)
$(out)/fuzz/%: $(out)/tests/fuzz/fuzz_%.o $(out)/tests/fuzz/must.o $(out)/tests/fuzz/forms.o \
		$(out)/tests/fuzz/replay.o $(rooms)
	@mkdir -p $(@D)
	$(call say,LD $@)$(CC) $(ldflags) $(filter-out %/replay.o $(rooms),$^) $(fuzz_main) $(rooms) $(libs) -o $@

$(out)/share/locale/%/LC_MESSAGES/duban.mo: lib/po/%.po $(out)/.needs
	@mkdir -p $(@D)
	$(call say,MO $<)msgfmt -o $@ $<

# the build tree looks like an installed one, so that programs find their data in either
$(share)/schemas: $(schemas)
	@mkdir -p $(share) && ln -sfn "$(CURDIR)/schemas" $@
$(share)/plans:
	@mkdir -p $(share) && ln -sfn "$(CURDIR)/examples" $@

check: all $(unit_tests:%=$(out)/unit/%) $(out)/suite $(fuzz_programs) $(preload)
	@tests/run --unit $(out)/unit --bin $(out)/bin $(CHECK)

check-all: all $(unit_tests:%=$(out)/unit/%) $(out)/suite $(fuzz_programs) $(preload)
	@tests/run --all --unit $(out)/unit --bin $(out)/bin $(CHECK)

# the official JSON Schema test suite, or a folder of its form
SUITE ?= $(JSON_SCHEMA_TEST_SUITE)
check-suite: $(out)/suite
	@$(if $(SUITE),,echo 'SUITE=DIR: the folder with tests/draft2020-12 and remotes' >&2; exit 2;) \
		$< $(SUITE) tests/suite/may-fail.tsv

$(out)/suite: $(out)/tests/suite/suite.o $(rooms)
	$(call say,LD $@)$(CC) $(ldflags) $< $(rooms) $(libs) -o $@

# FUZZ_TARGET=NAME one of tests/fuzz/fuzz_NAME.c, FUZZ_SECONDS= for each, FUZZ_FLAGS= of libFuzzer
export FUZZ_SECONDS FUZZ_FLAGS
fuzz:
	@$(MAKE) --no-print-directory CC=clang VARIANT=fuzz fuzz-programs
	@tests/fuzz/run build/fuzz-clang $(FUZZ_TARGET)
fuzz-programs: $(fuzz_programs) $(share)/schemas $(share)/plans

# a system in which calls fail; without sanitizers, which want to be the first to be loaded
$(preload): tests/fault/preload.c $(out)/.needs
	@mkdir -p $(@D)
	$(call say,LD $@)$(CC) -std=c11 -D_GNU_SOURCE $(warnings) $(filter -Werror,$(flags_$(VARIANT))) -O1 -g -fPIC -shared $< -o $@

# every command with every call failing in turn: FAULT='visit-add ...' some of them,
# FAULT_ALLOCATIONS=all every allocation too
export FAULT_ALLOCATIONS
fault: all $(preload) $(out)/fault/run
	@tests/fault/run.sh $(out) $(FAULT)
$(out)/fault/run: $(patsubst %.c,$(out)/%.o,$(filter-out %/preload.c,$(wildcard tests/fault/*.c)))
	@mkdir -p $(@D)
	$(call say,LD $@)$(CC) $(ldflags) $^ -o $@

# what git is put through, counted in tests/fault/README.md
fault-git: all
	@tests/fault/git.sh $(out)/bin

demo: all
	@examples/demo $(out)/bin

bench: all $(bench_programs)
	@tests/bench/run $(out) $(BENCH)

$(out)/bench/%: $(out)/tests/bench/%.o $(rooms)
	@mkdir -p $(@D)
	$(call say,LD $@)$(CC) $(ldflags) $< $(rooms) $(libs) -o $@

# in quotes, for names with spaces
to := "$(DESTDIR)$(PREFIX)"
to_lib := "$(DESTDIR)$(libdir)"
install: all
	$(INSTALL) -d $(to)/bin $(to)/include $(to_lib)/pkgconfig $(to)/share/duban/schemas \
		$(to)/share/duban/plans/pingliang-2024 $(to)/share/duban/hooks
	$(INSTALL) $(programs) $(scripts) $(to)/bin
	$(INSTALL) $(wildcard examples/hooks/*) $(to)/share/duban/hooks
	$(INSTALL) -m 644 lib/duban.h $(to)/include
	$(INSTALL) -m 644 $(archive) $(shared) $(to_lib)
	ln -sf libduban.so.$(VERSION) $(to_lib)/libduban.so.$(SOVERSION)
	ln -sf libduban.so.$(SOVERSION) $(to_lib)/libduban.so
	sed 's|@prefix@|$(PREFIX)|; s|@libdir@|$(libdir)|; s|@version@|$(VERSION)|; s|@modules@|$(public_modules)|; s|@libs@|$(public_libs)|' \
		lib/duban.pc.in >$(to_lib)/pkgconfig/duban.pc
	$(INSTALL) -m 644 $(schemas) $(to)/share/duban/schemas
	$(INSTALL) -m 644 examples/pingliang-2024/plan.yaml $(to)/share/duban/plans/pingliang-2024
	$(INSTALL) -d $(to)/share/duban/examples/cron
	$(INSTALL) examples/campaign $(to)/share/duban/examples
	$(INSTALL) examples/cron/dispatch-reports $(to)/share/duban/examples/cron
	for f in crontab dispatch-reports.service dispatch-reports.timer; do \
		sed 's|/usr/local|$(PREFIX)|g' examples/cron/$$f >$(to)/share/duban/examples/cron/$$f || exit 1; done
	for p in $(pages); do d=$(to)/share/man/man$${p##*.}; $(INSTALL) -d "$$d" && \
		$(INSTALL) -m 644 $$p "$$d" || exit 1; done
	for l in $(languages); do d=$(to)/share/locale/$$l/LC_MESSAGES; $(INSTALL) -d "$$d" && \
		$(INSTALL) -m 644 $(out)/share/locale/$$l/LC_MESSAGES/duban.mo "$$d" || exit 1; done
	$(if $(DESTDIR),,-[ "$$(id -u)" != 0 ] || ldconfig)

uninstall:
	rm -f $(patsubst $(out)/%,$(to)/%,$(programs) $(scripts)) $(to)/include/duban.h $(to_lib)/libduban.* $(to_lib)/pkgconfig/duban.pc \
		$(foreach p,$(notdir $(pages)),$(to)/share/man/man$(subst .,,$(suffix $(p)))/$(p)) \
		$(languages:%=$(to)/share/locale/%/LC_MESSAGES/duban.mo)
	rm -rf $(to)/share/duban

sources := $(wildcard lib/*.[ch] lib/*/*.[ch] cmd/*.c tests/*/*.[ch] examples/*/*.c)
format:
	$(call need,,,$(lint_tools))
	@clang-format -i $(sources)

lint:
	$(call need,,,$(lint_tools))
	@clang-format --dry-run -Werror $(sources)
	@for l in $(languages); do msgfmt --check -o /dev/null lib/po/$$l.po || exit 1; done

# the catalogue follows the sources; translators edit lib/po/*.po
po:
	xgettext -L C --from-code=UTF-8 -k_ -kN_ -kngettext_:1,2 -o lib/po/duban.pot --package-name=duban \
		--no-wrap --sort-by-file $(sort $(lib_sources) $(wildcard cmd/*.c))
	for p in $(wildcard lib/po/*.po); do msgmerge -q --no-wrap --no-fuzzy-matching --update --backup=none $$p lib/po/duban.pot; done

clean:
	rm -rf build

.PHONY: FORCE all check check-all check-suite fault fault-git fuzz fuzz-programs demo bench install uninstall format lint po clean
.SECONDARY:
-include $(objects:.o=.d) $(commands:%=$(out)/cmd/%.d) $(unit_tests:%=$(out)/tests/unit/%.d) \
	$(patsubst %.c,$(out)/%.d,$(wildcard tests/fuzz/*.c tests/fault/*.c)) \
	$(bench_programs:$(out)/%=$(out)/tests/%.d)
