# Thin words over meson: make run, test, bench, fuzz, install, clean. README.md says what each is for.
prefix ?= /usr/local
FUZZ_SECONDS ?= 60
ASAN = build/asan
PLAIN = build/plain
RELEASE = build/release

.PHONY: run build test test-build bench fuzz install clean

run: build
	@scripts/run.sh $(RELEASE)/nhipcau

build: build/packages.build
	@[ -f $(RELEASE)/build.ninja ] || meson setup $(RELEASE) --buildtype=release -Dtests=false --prefix=$(prefix)
	@ninja --quiet -C $(RELEASE)

# Made again only when the list of packages changes, so that a second start asks neither dpkg nor apt.
build/packages.%: scripts/packages.sh
	@scripts/packages.sh $*
	@mkdir -p build
	@touch $@

# gcc's sanitizers add paths that do not exist, of which its format warnings then complain.
test-build: build/packages.build build/packages.test
	@[ -f $(ASAN)/build.ninja ] || meson setup $(ASAN) -Db_sanitize=address,undefined -Dtests=true --werror -Dc_args=-Wno-format-truncation
	@[ -f $(PLAIN)/build.ninja ] || meson setup $(PLAIN) -Dtests=true
	@ninja --quiet -C $(ASAN)
	@ninja --quiet -C $(PLAIN)

test: test-build
	@tests/run.sh $(ASAN) $(PLAIN)

bench: build build/packages.test
	@bench/run.sh $(RELEASE)/nhipcau

fuzz: build/packages.build build/packages.test build/packages.fuzz
	@[ -f build/fuzz/build.ninja ] || CC=clang meson setup build/fuzz -Dfuzz=true -Dtests=false -Db_lundef=false \
		-Db_sanitize=address,undefined -Dc_args=-fsanitize=fuzzer-no-link
	@ninja --quiet -C build/fuzz
	@tests/fuzz.sh build/fuzz $(FUZZ_SECONDS)

install: build
	@scripts/install.sh $(RELEASE)/nhipcau "$(DESTDIR)" "$(prefix)"

clean:
	rm -rf build
