# Every target does its own set-up, packages included. Debian 12, git and make are enough.
.PHONY: all deps build demo test asan bench bench-dicom bench-read bench-grade bench-load bench-measure bench-register bench-register-starts bench-lesions bench-many-lesions format format-check lint check-sources clean

JOBS ?= $(shell nproc)
# One clone's compilations serve the next, wherever it lies.
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1

all: build

deps:
	tools/install_packages.sh build test lint

build: build-deps
	cmake --preset release -DNETPET_TESTS=$(if $(TESTS),ON,OFF) $(if $(TESTS),-DNETPET_BENCH=ON) >/dev/null
	cmake --build build -j $(JOBS) --target $(if $(TESTS),all,netpet)

build-deps:
	@tools/install_packages.sh build

test-deps:
	@tools/install_packages.sh build test

demo: build
	build/netpet demo --out build/demo --overwrite

test: test-deps
	$(MAKE) build TESTS=1
	ctest --test-dir build --output-on-failure -j $(JOBS)

# The unit tests once more under the address and undefined-behaviour sanitizers (some rooms: ASAN_ROOMS="dicom suv"),
# but for those that run the same code again on other numbers: a registration takes forty times as long there.
ASAN_ROOMS ?= $(notdir $(wildcard tests/unit/*))
ASAN_REPEATS := FarStartsAreFound|RigidCt\.(AScan|AShift|AnotherPatient|OtherSpacing|Swapped|TheOrder)|Phantom\.(LargeLesions|References)
space := $() $()
asan: test-deps
	cmake --preset asan >/dev/null
	cmake --build build/asan -j $(JOBS) --target $(addprefix test_,$(ASAN_ROOMS))
	ASAN_OPTIONS=detect_leaks=1 LSAN_OPTIONS=suppressions=$(CURDIR)/tests/leak_suppressions.txt:print_suppressions=0 ctest --test-dir build/asan --output-on-failure -j $(JOBS) -R '^($(subst $(space),|,$(strip $(ASAN_ROOMS))))\.' -E '$(ASAN_REPEATS)'

bench: bench-read bench-grade bench-load

# docs/examples/: the program's notes on the published patients among the worked cases.
examples: build
	/usr/bin/python3 tools/make_examples.py build/netpet

# Lesion tables by the thousand, and one with simulated repeats, on the clock.
bench-grade: build
	@tools/install_packages.sh test
	/usr/bin/python3 bench/bench_grade.py --netpet build/netpet

# Every phantom case with two seeds through phantom and read, against the truth.
bench-read: build
	@tools/install_packages.sh test
	/usr/bin/python3 bench/bench_read.py --netpet build/netpet

# Every DICOM object of ten simulated patients through dciodvfy, and the time of all outputs.
bench-dicom: build
	@tools/install_packages.sh test
	/usr/bin/python3 bench/bench_dicom.py --netpet build/netpet

# Known deformations through netpet and through elastix: error, time, memory.
bench-register: build
	@tools/install_packages.sh test bench
	/usr/bin/python3 bench/bench_register.py --netpet build/netpet

# 50 random starts, up to half of the moving scan missing: none may end with exit 0 and 10 mm off.
bench-register-starts: build
	@tools/install_packages.sh test bench
	/usr/bin/python3 bench/bench_register_starts.py --netpet build/netpet

# Every lesion of simulated patients beside the image without noise: volumes, peaks, splits, foci.
bench-lesions: build
	@tools/install_packages.sh test
	/usr/bin/python3 bench/bench_lesions.py --netpet build/netpet

# 60 lesions on both tracers: seconds of each stage.
bench-many-lesions: build
	/usr/bin/python3 bench/bench_many_lesions.py --netpet build/netpet

# How long and in how much memory a large study is loaded, beside dcm2niix.
bench-load: build-deps
	@tools/install_packages.sh bench
	cmake --preset release -DNETPET_BENCH=ON >/dev/null
	cmake --build build -j $(JOBS) --target bench_load
	/usr/bin/python3 bench/bench_load.py

# All features of a region beside PyRadiomics and MIRP: make bench-measure IMAGE=… MASK=… PEERS=venv/bin/python,
# whose environment holds pyradiomics and mirp.
PEERS ?= python3
bench-measure: build
	cmake --preset release -DNETPET_BENCH=ON >/dev/null
	cmake --build build -j $(JOBS) --target bench_measure
	$(PEERS) bench/compare_features.py build/netpet $(IMAGE) $(MASK) --bench build/bench/bench_measure

format:
	@tools/install_packages.sh lint
	find src tests bench -name '*.h' -o -name '*.cpp' | xargs clang-format -i

format-check:
	@tools/install_packages.sh lint
	find src tests bench -name '*.h' -o -name '*.cpp' | xargs clang-format --dry-run --Werror

# Rooms include only what they may; every code that the program raises is explained.
check-sources:
	/usr/bin/python3 tools/check_includes.py
	/usr/bin/python3 tools/check_error_codes.py

# clang-tidy over the files that differ from BASE (all: make lint BASE=).
BASE ?= HEAD~1
lint: build-deps
	@tools/install_packages.sh lint
	cmake --preset release >/dev/null
	tools/lint_changed.sh "$(BASE)"

clean:
	rm -rf build
