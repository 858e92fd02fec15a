# The front door. The build itself is Meson's (docs/adr/0001-meson-behind-make.md); each target below is
# one or two lines of it. `./run TARGET` does the same and installs what is missing first.
#
#   make llama      llama.cpp, and build/cordon-llm (slow the first time)
#   make            the program, at build/cordon      make fuzz      libFuzzer, FUZZ_SECONDS a target
#   make demo       notes in, de-identified notes out make lint      format and static analysis
#   make check      all tests, all sanitizers         make docs      manual pages as HTML in build/docs
#   make bench      speed, memory, quality            make install   PREFIX, DESTDIR
#   make model      the trained models again, from CORDON_DATA (docs/model-card.md)
#   make asan       only under Address- and UBSan     make dist      build/cordon-VERSION.tar.gz
#   make guided     build-guided/cordon: the same program, a tenth faster, built twice (tools/build-guided);
#                   make install GUIDED=1 installs that one
#   make tsan       only under ThreadSanitizer        make clean
#   make stress     asan with tiny blocks, buffers and reads (CORDON_STRESS, src/base/tuning.h):
#                   output must be the same, and every edge of them is met
.POSIX:
.SUFFIXES:
.PHONY: llama all guided demo check model bench fuzz asan tsan stress lint docs install dist clean

PREFIX = /usr/local
FUZZ_SECONDS = 60
GUIDED =
# Less than half of what a build with -O2 -g takes; its tests take a tenth more. It still names every line.
SANITIZED = -Ddebug=true -Doptimization=1 -Dc_args=-g1 -Db_ndebug=false
TEST = meson test --print-errorlogs --timeout-multiplier 4

all: build/build.ninja
	@ninja -C build --quiet programs

build/build.ninja:
	@mkdir -p build && meson setup build >build/setup.log 2>&1 || { cat build/setup.log; exit 1; }

guided:
	@tools/build-guided

demo: all
	@tools/demo

check:
	@tools/check

model: all
	@tools/model/make

bench: all
	@bench/run

build-asan/build.ninja:
	meson setup build-asan $(SANITIZED) -Db_sanitize=address,undefined -Dstress=true
build-tsan/build.ninja:
	meson setup build-tsan $(SANITIZED) -Db_sanitize=thread
build-fuzz/build.ninja:
	CC=clang meson setup build-fuzz --buildtype=debugoptimized -Db_ndebug=false -Db_sanitize=address,undefined -Db_lundef=false -Dfuzz=true

asan: build-asan/build.ninja
	$(TEST) -C build-asan --no-suite arch
stress: build-asan/build.ninja
	CORDON_STRESS=1 $(TEST) -C build-asan --no-suite arch --no-suite e2e
tsan: build-tsan/build.ninja
	$(TEST) -C build-tsan --suite threads

llama: build/build.ninja
	@meson configure build -Dllama="$$(tools/build-llama)" && ninja -C build --quiet

fuzz: build-fuzz/build.ninja
	@ninja -C build-fuzz
	@tools/fuzz $(FUZZ_SECONDS)

lint: build/build.ninja
	@tools/lint

docs:
	@mkdir -p build/docs
	@for page in docs/man/*.[1-8]; do mandoc -Tlint -Wwarning "$$page" && \
	    mandoc -Thtml "$$page" >"build/docs/$${page##*/}.html" || exit 1; done

install: build/build.ninja
	@[ -z '$(GUIDED)' ] || tools/build-guided
	@meson configure build --prefix '$(PREFIX)' && ninja -C build --quiet cordon library
	@DESTDIR='$(DESTDIR)' meson install -C build --no-rebuild
	@[ -z '$(GUIDED)' ] || install -m 755 build-guided/cordon '$(DESTDIR)$(PREFIX)/bin/cordon'

dist:
	@mkdir -p build && v=$$(cat VERSION) && git archive --prefix="cordon-$$v/" -o "build/cordon-$$v.tar.gz" HEAD && \
	    echo "build/cordon-$$v.tar.gz"

clean:
	rm -rf build build-guided build-asan build-tsan build-fuzz
