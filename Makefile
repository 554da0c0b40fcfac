# From a fresh clone to a site or a verdict, with nothing but a shell, Python and the network at hand.
#
#   make site    build the exhibition into site/          建成网站
#   make serve   preview while writing                    边写边看
#   make check   code style, types, and the content       检查代码与内容
#   make test    everything that continuous integration runs
#   make manual  build the manual into build/manual/  建成手册
#   make design  show colours and components in build/design/  设计样张
#   make pictures, make barriers   look at every kind of page; axe over every kind of page
#   make bench   measure the builder beside its peers
#   make schemas   after a field was declared: the JSON Schemas that the package carries
#   make lock, make licences, make sbom   before a release: docs/supply.md
#   make clean   remove what was built (.venv stays)

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Debian's own is built with profile-guided optimisation; one that pyenv builds unasked is not, and takes a tenth longer for everything.
PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input

# Stamps lie inside the environment, so that they vanish with it.
MADE := $(VENV)/made
INSTALLED := $(VENV)/installed
TESTABLE := $(VENV)/testable
SUPPLIED := $(VENV)/supplied
COMPARABLE := $(VENV)/comparable

# $(call from_debian,PACKAGES,WHAT TO DO WITHOUT): installs packages as far as this machine lets us, and says so if not.
define from_debian
if ! command -v apt-get >/dev/null; then as=; \
elif [ "$$(id -u)" = 0 ]; then as=env; \
elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then as=sudo; \
else as=; fi; \
if [ -n "$$as" ]; then \
	echo "正在从 Debian 安装（installing from Debian）：$(1)"; \
	$$as apt-get update -qq -o Acquire::Retries=3 </dev/null; \
	$$as DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Acquire::Retries=3 --no-install-recommends $(1) \
		</dev/null >/dev/null; \
else \
	echo "缺少软件，且无权安装。请管理员运行：apt-get install $(1)" >&2; \
	echo "Software is missing and cannot be installed from here. Run as root: apt-get install $(1)" >&2; \
	$(2); \
fi
endef

.PHONY: site
site: $(INSTALLED)
	$(BIN)/exhibition build
	@echo
	@echo "网站已建成，在 site/ 目录。查看：运行 $(BIN)/exhibition serve 并打开它给出的网址，或直接用浏览器打开 site/index.html。"
	@echo "The site is in site/. To look at it, run $(BIN)/exhibition serve and open the address it prints, or open site/index.html."

.PHONY: serve
serve: $(INSTALLED)
	$(BIN)/exhibition serve

.PHONY: lint
lint: $(TESTABLE)
	$(BIN)/ruff check .
	$(BIN)/mypy

.PHONY: check
check: lint
	$(BIN)/exhibition check

# pytest comes last, so that its closing line is the last line.
.PHONY: test
test: lint browser
	$(BIN)/python -m pytest -q -n $(WORKERS) --dist worksteal

# Without a browser, Chinese fonts, web servers or LibreOffice the tests that need them fail and say why; the others are still worth running.
# Chromium's headless shell takes a third of the time of the whole browser; where Debian has none, the whole browser does.
# Playwright's driver brings its own Node.js, which wants libatomic1; a bare Debian has none.
.PHONY: browser
browser: $(TESTABLE)
	@has_browser() { \
		for name in "$${CHROMIUM:-chromium}" chromium chromium-browser google-chrome; do \
			command -v "$$name" >/dev/null && return; \
		done; return 1; \
	}; \
	has_shell() { command -v "$${CHROMIUM:-chromium-headless-shell}" >/dev/null; }; \
	is_root() { [ "$$(id -u)" = 0 ]; }; \
	has_fonts() { \
		[ -n "$$(fc-list :lang=zh family 2>/dev/null)" ] || \
		[ "$$(dpkg-query -W -f='$${db:Status-Status}' fonts-noto-cjk 2>/dev/null)" = installed ]; \
	}; \
	has_driver() { $(BIN)/playwright --version >/dev/null 2>&1; }; \
	has_nginx() { [ -x /usr/sbin/nginx ] && ls /usr/lib/nginx/modules/*brotli_static* >/dev/null 2>&1; }; \
	has_caddy() { command -v caddy >/dev/null; }; \
	has_office() { command -v soffice >/dev/null; }; \
	missing="$$(has_fonts || printf 'fonts-noto-cjk '; has_driver || printf 'libatomic1 '; \
		has_nginx || printf 'nginx-light libnginx-mod-http-brotli-static '; has_caddy || printf 'caddy '; \
		has_office || printf 'libreoffice-calc-nogui')"; \
	if [ -n "$$missing" ]; then $(call from_debian,$$missing,true); fi; \
	has_shell || { has_browser && ! is_root; } \
		|| { $(call from_debian,chromium-headless-shell,true); } || has_browser || { $(call from_debian,chromium,true); }

# The manual and the developers' pages as a small site of their own, without a clone or a network.
.PHONY: manual
manual: $(INSTALLED)
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet -f mkdocs-manual.yml
	@echo "手册已建成，打开 build/manual/index.html。The manual is in build/manual/."

.PHONY: design
design: $(INSTALLED)
	$(BIN)/python -m showroom build/design

.PHONY: pictures barriers
pictures barriers: browser
	$(BIN)/exhibition build
	$(BIN)/python -m showroom.$@ site $(if $(filter pictures,$@),build/pictures) $(ONLY)

# The other measurements take arguments, or hours: docs/benchmarks.md.
.PHONY: bench
bench: $(COMPARABLE)
	$(BIN)/python benchmarks/build.py

# Before a release (docs/supply.md). The lock holds for every system and Python that we support, with the digest of every file.
.PHONY: lock
lock: $(SUPPLIED)
	$(BIN)/uv pip compile pyproject.toml --extra deploy --universal --python-version 3.11 --constraint constraints.txt \
		--generate-hashes --no-annotate --no-header --no-emit-index-url --quiet --output-file requirements-release.txt

# After a field was declared: docs/contributing.md.
.PHONY: schemas
schemas: $(INSTALLED)
	$(BIN)/python tests/contracts.py

.PHONY: licences
licences: $(TESTABLE)
	$(BIN)/python tests/licences.py

.PHONY: sbom
sbom: $(SUPPLIED)
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements requirements-release.txt --pyproject pyproject.toml --mc-type application \
		--spec-version 1.6 --output-reproducible --output-format JSON --output-file dist/sbom.cdx.json
	$(BIN)/python tests/copied.py dist/sbom.cdx.json

.PHONY: clean
clean:
	rm -rf site .site.* .cache build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find site_builder tests benchmarks fuzz showroom -name __pycache__ -type d -prune -exec rm -rf {} +

$(MADE):
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { $(call from_debian,python3 python3-venv,exit 1); }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "需要 Python 3.11 或更新版本；可用 make PYTHON=python3.12 指定。" >&2; \
		echo "Python 3.11 or newer is needed; name one with make PYTHON=python3.12." >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# Editable: the clone is what runs, so content, theme and code can be changed without installing again.
$(INSTALLED): $(MADE) pyproject.toml constraints.txt
	@echo "正在安装所需的程序，约一分钟（installing what it needs, about a minute）……"
	$(PIP) install -c constraints.txt -e .
	@touch $@

# At once with what the program needs: pip then finds out once what that is.
$(TESTABLE): $(MADE) pyproject.toml constraints.txt
	@echo "正在安装所需的程序和测试工具，约一分半钟（installing what it and its tests need, a minute and a half）……"
	$(PIP) install -c constraints.txt -e '.[test,lint,types]'
	@touch $(INSTALLED) $@

$(SUPPLIED): $(INSTALLED)
	$(PIP) install -c constraints.txt -e '.[supply]'
	@touch $@

$(COMPARABLE): $(INSTALLED)
	$(PIP) install -c constraints.txt -e '.[bench]'
	@touch $@
