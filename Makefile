# 政图 Zhengtu. `make help` lists the targets; each does its own set-up.

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install
LOCKED := $(PIP) --require-hashes --no-build-isolation -r
ENGINES := .venv/engines/bin/python -m pip --disable-pip-version-check -q install
COMPILE := .venv/lock/bin/pip-compile --quiet --upgrade --strip-extras --allow-unsafe --generate-hashes \
  --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options

# Scripts in .venv hold the folder and the interpreter they were installed for: another folder or
# another Python is another set-up.
HERE := $(shell { pwd; $(PYTHON) --version; } 2>&1 | cksum | cut -d' ' -f1)
SHARED := ../shared
SCORES := .zhengtu/scores

.PHONY: help run build test check lint bench engines golden fuzz docs scores coverage lock browser clean
.DELETE_ON_ERROR:

help:  ## 列出命令 · list the targets
	@sed -n 's/^\([a-z]*\):.*##/  make \1 \t/p' Makefile

# A document that cannot be read (exit code 1) does not keep the others from being served.
run: .venv/run-$(HERE)  ## 建图并打开网页服务 · build the graph and serve it (HOST=127.0.0.1 PORT=8000)
	@$(BIN)/zhengtu build documents || [ $$? -eq 1 ]
	@$(BIN)/zhengtu serve $(if $(HOST),--host $(HOST)) $(if $(PORT),--port $(PORT))

build: .venv/run-$(HERE)  ## 安装并建图 · set up .venv and build the graph of documents/
	@$(BIN)/zhengtu build documents

test: .venv/test-$(HERE) browser  ## 全部测试 · every check and test
	@$(BIN)/python -m pytest

check: lint  ## 快速检查 · style, types, import rules and the quick tests
	@$(BIN)/python -m pytest -m "not browser and not reasoner and not bench and not engines"

lint: .venv/test-$(HERE)
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: .venv/test-$(HERE) build  ## 速度比值 · speed as ratios, measured in one run
	@$(BIN)/python -m pytest -q -s -m bench

engines: .venv/engines-$(HERE)  ## 集群引擎与本机同字节 · Spark and Dask give the bytes that one process gives
	@.venv/engines/bin/python -m pytest -q -m engines

golden: .venv/test-$(HERE)  ## 重写对照文件 · rewrite the golden files, to be read as a diff
	@$(BIN)/python -m pytest -q tests/test_golden.py --update-golden
	@git --no-pager diff --stat -- tests/golden

fuzz: .venv/test-$(HERE)  ## 随机找错 · look for texts that break the reader (SECONDS=300)
	@$(PIP) --quiet --no-build-isolation --editable '.[fuzz]'
	@mkdir -p .zhengtu/fuzz
	@$(BIN)/python tests/fuzz/test_texts.py -max_total_time=$(or $(SECONDS),300) .zhengtu/fuzz documents

docs: .venv/test-$(HERE)  ## 重写生成的文档 · rewrite the generated pages of docs/
	@$(BIN)/python docs/generate.py

scores: build  ## 对照标注评分 · score against ../shared, where that folder exists
	@mkdir -p $(SCORES)
	@$(BIN)/zhengtu extract documents/*.txt --format json --out $(SCORES)
	@$(BIN)/python $(SHARED)/tools/score_extraction.py $(SHARED)/gold $(SCORES)
	@$(BIN)/python $(SHARED)/tools/score_questions.py $(SHARED)/gold/questions.json \
	  --command '$(BIN)/zhengtu ask --format json'

coverage: .venv/test-$(HERE)  ## 真实文件读到了多少 · how much of real documents is read, where ../shared exists
	@$(BIN)/python -m pytest -q -s -m shared tests/test_practice.py

# The oldest Python we support asks for the most packages, so its lock serves the newer ones.
lock: .venv/folder-$(HERE)  ## 更新依赖锁定 · pin the newest dependencies, with hashes
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and "make lock: use PYTHON=python3.11")'
	@$(PYTHON) -m venv .venv/lock && .venv/lock/bin/pip --disable-pip-version-check -q install pip-tools
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) -o requirements-build.txt requirements-build.in
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) -c requirements-build.txt -o requirements.txt pyproject.toml
	CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) -c requirements.txt -c requirements-build.txt \
	  --extra dev -o requirements-dev.txt pyproject.toml

clean:  ## 删去可再生成的一切 · remove everything that can be made again
	rm -rf .venv .zhengtu dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/folder-$(HERE):
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新版本。请安装后重试，或用 make PYTHON=路径 指定。" \
	  "Zhengtu needs Python 3.11 or newer: install it, or name it with make PYTHON=path." >&2; exit 1; }
	@echo "准备 .venv（首次约一分钟）· Setting up .venv with $(PYTHON), about a minute the first time"
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/run-$(HERE): .venv/folder-$(HERE) requirements-build.txt requirements.txt pyproject.toml
	@$(LOCKED) requirements-build.txt
	@$(LOCKED) requirements.txt
	@$(PIP) --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/test-$(HERE): .venv/run-$(HERE) requirements-dev.txt
	@$(LOCKED) requirements-dev.txt
	@touch $@

# Spark and Dask are large, and only those who have a cluster need them: a set-up of their own.
.venv/engines-$(HERE): .venv/test-$(HERE)
	@$(PYTHON) -m venv --clear .venv/engines
	@$(ENGINES) --require-hashes --no-build-isolation -r requirements-build.txt
	@$(ENGINES) --require-hashes --no-build-isolation -r requirements-dev.txt
	@$(ENGINES) --no-build-isolation --editable '.[spark,dask]'
	@touch $@

# Tests of the pages drive a real browser. CHROMIUM names one that is not on the path.
HAS_BROWSER := for b in $(CHROMIUM) chromium chromium-browser google-chrome; do \
  command -v $$b >/dev/null 2>&1 && exit 0; done
browser:
	@$(HAS_BROWSER); \
	if command -v apt-get >/dev/null 2>&1 && [ "$$(id -u)" = 0 ]; then \
	  echo "安装 Chromium · Installing Chromium for the tests of the pages"; \
	  apt-get -q update; DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends chromium; \
	fi; \
	$(HAS_BROWSER); \
	echo "没有找到 Chromium，网页测试无法进行；请安装 chromium，或用 CHROMIUM=路径 指定。" \
	  "No Chromium found: the tests of the pages are skipped, and fail where CI=true." \
	  "Install chromium (Debian: apt-get install chromium), or name it with CHROMIUM=path." >&2
